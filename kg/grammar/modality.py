"""The modality that a clause's own words give it: modal verbs, questions, conditions, purposes, hedges."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from kg.grammar.certainty import Mark
from kg.grammar.clauses import first_conjunct, governor, marker
from kg.grammar.labels import NOMINAL_SUBJECTS, SUBJECTS, VERB_GROUP
from kg.grammar.predicates import signature, signature_of
from kg.grammar.rules import Registry, step
from kg.grammar.tree import Tree
from kg.model import Modality

STAGE = "modality"
OwnMark = Callable[[Tree, Token], Mark | None]

MODALS: dict[str, Modality] = {
    "will": "future", "shall": "future", "'ll": "future", "’ll": "future", "wo": "future",
    "may": "possible", "might": "possible", "could": "possible", "can": "possible", "ca": "possible",
    "must": "necessary", "should": "necessary", "ought": "necessary",
}  # fmt: skip
MODAL_LEMMAS = {"'ll": "will", "’ll": "will", "wo": "will", "shall": "will", "ca": "can"}
PERFECT = frozenset({"have", "’ve", "'ve"})
WOULD = frozenset({"would", "'d", "’d"})
CONDITIONAL_MARKS = frozenset({"if", "unless", "provided", "providing", "supposing", "lest", "assuming"})
CONDITIONAL_PHRASES = ("in case", "on condition", "in the event", "as long as", "so long as")
COMPARING_PHRASES = ("as if", "as though", "like if")
COMPLEMENTS = ("ccomp", "xcomp", "csubj")
CLAUSE_TOPS = ("ROOT", "parataxis")


@step(STAGE, example="Did Iran attack Iraq?", gives="Iran | attack | Iraq | question")
def question(tree: Tree, predicate: Token) -> Mark | None:
    """Take the main clause of a sentence with a question mark for a question, behind a label too ("Q: …").

    A question says nothing of what it asks.
    """
    if not any(t.text == "?" for t in predicate.sent[-3:]):
        return None
    first = first_conjunct(tree, predicate)
    below = tree.children(first, "ccomp")
    main = tree.label(first) in CLAUSE_TOPS and not (below and below[0].i < first.i)
    return Mark("question", "?", "?") if main or _inverted(tree, first) else None


def _inverted(tree: Tree, predicate: Token) -> bool:
    """Whether an auxiliary stands before the subject at the start of the sentence or behind a colon: "Q: Did X …"."""
    subject = tree.child(predicate, *SUBJECTS)
    auxiliary = tree.child(predicate, *VERB_GROUP)
    if subject is None or auxiliary is None or auxiliary.i > subject.i:
        return False
    return auxiliary.i == predicate.sent.start or tree.tokens[auxiliary.i - 1].text in (":", "—", "-", "“", '"')


@step(STAGE, example="If Iran attacks Iraq, Turkey will leave.", gives="Iran | attack | Iraq | conditional")
def condition(tree: Tree, predicate: Token) -> Mark | None:
    """Take a clause with "if", "unless", "in case" or the like for a condition, unless it completes a verb."""
    mark = marker(tree, predicate)
    said = mark.startswith(CONDITIONAL_PHRASES) or CONDITIONAL_MARKS & set(mark.split())
    if not said or mark.startswith(COMPARING_PHRASES) or tree.label(first_conjunct(tree, predicate)) in COMPLEMENTS:
        return None
    return Mark("conditional", "if", mark)


@step(STAGE, example="Iran behaved as though Iraq had attacked Kuwait.", gives="Iraq | attack | Kuwait | hypothetical")
def comparison(tree: Tree, predicate: Token) -> Mark | None:
    """Take a clause with "as if" or "as though" for what is only imagined."""
    mark = marker(tree, predicate)
    return Mark("hypothetical", "would", mark) if mark.startswith(COMPARING_PHRASES) else None


@step(STAGE, example="Iran may attack Iraq.", gives="Iran | attack | Iraq | possible ground=may")
def modal_verb(tree: Tree, predicate: Token) -> Mark | None:
    """Give a clause the modality of its modal verb: "will", "may", "could", "must", "should"."""
    auxiliaries = tree.children(predicate, "aux")
    perfect = " have" if any(t.lower_ in PERFECT for t in auxiliaries) else ""
    modal = next((t for t in auxiliaries if t.lower_ in MODALS), None)
    if modal is None:
        return None
    kind = MODAL_LEMMAS.get(modal.lower_, modal.lower_) + perfect
    return Mark(MODALS[modal.lower_], kind, kind)


@step(STAGE, example="Iran would attack Iraq.", gives="Iran | attack | Iraq | hypothetical ground=would")
def would(tree: Tree, predicate: Token) -> Mark | None:
    """Take "would" for what is only imagined, and in a report in the past for what is to come."""
    auxiliaries = tree.children(predicate, "aux")
    if not any(t.lower_ in WOULD and t.tag_ == "MD" for t in auxiliaries):
        return None
    if _under_past_report(tree, predicate):
        return Mark("future", "would", "would")
    perfect = " have" if any(t.lower_ in PERFECT for t in auxiliaries) else ""
    return Mark("hypothetical", "would" + perfect, "would" + perfect)


def _under_past_report(tree: Tree, predicate: Token) -> bool:
    """Whether "would" is only "will" in the past: "said that they would come"."""
    above = governor(tree, predicate)
    if above is None:
        return False
    verbs = [above, *tree.children(above, "aux", "cop")]
    return any(t.tag_ in ("VBD", "VBN") or t.lower_ in ("has", "have", "had") for t in verbs) or above.pos_ == "NOUN"


@step(STAGE, example="Iran is going to attack Iraq.", gives="Iran | attack | Iraq | future")
def going_to(tree: Tree, predicate: Token) -> Mark | None:
    """Take an infinitive after "is going to" for what is to come."""
    above = tree.head(predicate)
    going = tree.label(predicate) == "xcomp" and above.lower_ == "going"
    return Mark("future", "will", "going to") if going and tree.child(above, "aux", "cop") is not None else None


@step(STAGE, example="US to leave Syria", gives="United States | leave | Syria | future")
def headline_infinitive(tree: Tree, predicate: Token) -> Mark | None:
    """Take an infinitive that is a sentence of its own with a subject for what is planned.

    So headlines put it: "US to arm Taiwan".
    """
    first = first_conjunct(tree, predicate)
    to = next((t for t in tree.children(first, "mark", "aux") if t.tag_ == "TO"), None)
    bare = [t for t in (predicate, *tree.children(predicate, *VERB_GROUP)) if t.tag_ in ("VB", "NN", "NNP", "NNS")]
    subject = tree.child(first, *NOMINAL_SUBJECTS)
    planned = to is not None and bare and subject is not None and subject.i < to.i
    if not planned or tree.child(first, "cop") or tree.label(first) not in ("ROOT", "parataxis", "acl", "appos", "dep"):
        return None
    return Mark("future", "infinitive", "to")


@step(STAGE, example="Our goal is for Egypt to leave Gaza.", gives="Egypt | leave | Gaza | future ground=goal")
def infinitive_behind_copula(tree: Tree, predicate: Token) -> Mark | None:
    """Give an infinitive that says what a plan or hope is the modality that the noun gives; any other is to come."""
    to = next((t for t in tree.children(predicate, "mark", "aux") if t.tag_ == "TO"), None)
    if to is None or predicate.tag_ != "VB" or not tree.child(predicate, "cop"):
        return None
    named = next((t for t in tree.children(predicate, *SUBJECTS) if t.i < to.i), None)
    found = signature_of(named) if named is not None else None
    modality: Modality = found.nonfinite.modality if found is not None else "future"
    words = named.lower_ if named is not None else "to"
    return None if modality == "asserted" else Mark(modality, f"{found.kind if found else 'infinitive'} to", words)


@step(STAGE, example="Iran insisted that Iraq be invaded.", gives="Iraq | be invaded | - | necessary")
def subjunctive(tree: Tree, predicate: Token) -> Mark | None:
    """Take a that-clause with a subject and a bare verb for what is demanded: "insisted that he be returned"."""
    verbs = [t for t in (predicate, *tree.children(predicate, "aux:pass", "cop")) if t.tag_ == "VB"]
    demanded = (
        tree.label(predicate) == "ccomp" and bool(verbs) and "aux" not in map(tree.label, tree.children(predicate))
        and tree.child(predicate, *NOMINAL_SUBJECTS) is not None and marker(tree, predicate) == "that"
    )  # fmt: skip
    return Mark("necessary", "subjunctive", verbs[0].lower_) if demanded else None


@step(STAGE, example="Iran probably attacked Iraq.", gives="Iran | attack | Iraq | possible ground=probably")
def hedge(tree: Tree, predicate: Token) -> Mark | None:
    """Give a clause the modality of a hedging adverb: "probably", "perhaps"."""
    for adverb in tree.children(predicate, "advmod"):
        found = signature(adverb.lower_, "adv")
        if found is not None and found.kind == "hedge":
            return Mark(found.finite.modality, "hedge", adverb.lower_)
    return None


@step(STAGE, example="Help Iran to attack Iraq.", gives="Iran | attack | Iraq | necessary")
def imperative(tree: Tree, predicate: Token) -> Mark | None:
    """Take a bare verb without a subject at the top of a sentence for a command."""
    root = tree.label(predicate) in ("ROOT", "ccomp", "parataxis")
    bare = predicate.tag_ == "VB" and not tree.child(predicate, "aux", "mark", "nsubj", "nsubj:pass", "cop", "expl")
    return Mark("necessary", "imperative", predicate.lower_) if root and bare else None


@step(STAGE, example="Iran sent troops to attack Iraq.", gives="* | attack | Iraq | hypothetical")
def purpose(tree: Tree, predicate: Token) -> Mark | None:
    """Take an infinitive that says to what end for what is only meant to be done."""
    first = first_conjunct(tree, predicate)
    if tree.label(first) not in ("advcl", "acl") or predicate.tag_ != "VB":
        return None
    to = any(t.lower_ == "to" for t in tree.children(first, "mark")) and governor(tree, predicate) is None
    return Mark("hypothetical", "purpose", "to") if to else None


MODALITY: Registry[OwnMark] = Registry(
    STAGE,
    "Give a clause the modality that its own words say; of several, the least certain holds.",
    (
        question, condition, comparison, modal_verb, would, going_to, headline_infinitive,
        infinitive_behind_copula, subjunctive, hedge, imperative, purpose,
    ),
)  # fmt: skip
