"""Polarity and modality of predicates, composed down the tree.

Each predicate has marks of its own (negation, modal verbs, "if", a question mark, hedging adverbs) and stands under
others that change it: what one plans is future, what one denies is negative, what one doubts is possible. The effects
of embedding predicates come from ``language/predicates.tsv``; along a path, the least certain modality wins.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.language.clauses import clauses, first_conjunct, governor, is_finite, marker
from kg.language.predicates import Effect, signature, signature_of
from kg.language.tree import Tree, tree_of
from kg.model import Modality, Polarity

MODALS: dict[str, Modality] = {
    "will": "future", "shall": "future", "'ll": "future", "’ll": "future", "wo": "future",
    "may": "possible", "might": "possible", "could": "possible", "can": "possible", "ca": "possible",
    "must": "necessary", "should": "necessary", "ought": "necessary",
}  # fmt: skip
LEAST_CERTAIN_FIRST: tuple[Modality, ...] = (
    "question", "conditional", "hypothetical", "possible", "future", "necessary", "asserted",
)  # fmt: skip
CONDITIONAL_MARKS = frozenset({"if", "unless", "provided", "providing", "supposing", "lest", "assuming"})
TEMPORAL_MARKS = frozenset({"until", "till", "before", "once", "when", "after", "whenever"})
FACTUALITY: dict[Modality, float] = {
    "asserted": 3.0, "future": 1.0, "necessary": 0.5, "possible": 0.8, "conditional": 0.3, "hypothetical": 0.2,
    "question": 0.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether something is affirmed or denied, and how certain it is said to be."""

    polarity: Polarity = "positive"
    modality: Modality = "asserted"

    @property
    def factuality(self) -> float:
        """The same as one number from -3 (certainly not) to 3 (certainly).

        >>> Standing("negative", "asserted").factuality
        -3.0
        """
        return FACTUALITY[self.modality] * (1.0 if self.polarity == "positive" else -1.0)

    def under(self, effect: Effect, modality: Modality = "asserted") -> Standing:
        """This standing below a predicate with ``effect`` that itself has ``modality``."""
        polarity: Polarity = "positive" if self.polarity == effect.polarity else "negative"
        return Standing(polarity, least_certain(self.modality, effect.modality, modality))

    def under_modality(self, modality: Modality) -> Standing:
        """This standing in a clause of ``modality``."""
        return Standing(self.polarity, least_certain(self.modality, modality))

    def under_standing(self, other: Standing) -> Standing:
        """This standing carried by a clause that only says whether it comes about."""
        return self.under(Effect(other.polarity, "asserted"), other.modality)


def least_certain(*modalities: Modality) -> Modality:
    """The least certain of several modalities.

    >>> least_certain("asserted", "future", "possible")
    'possible'
    """
    return min(modalities, key=LEAST_CERTAIN_FIRST.index)


def standing(doc: Doc, predicate: Token) -> Standing:
    """The standing of a predicate with all that it stands under; found once and kept with the Doc."""
    known: dict[int, Standing] = doc.user_data.setdefault("kg_standings", {})
    if predicate.i not in known:
        known[predicate.i] = Standing()  # a guard should a parse loop through parataxis
        known[predicate.i] = _standing(tree_of(doc), predicate)
    return known[predicate.i]


def factuality(doc: Doc) -> dict[int, float]:
    """The factuality of each clause's predicate, by token index, from -3 to 3."""
    return {i: standing(doc, clause.predicate).factuality for i, clause in clauses(doc).items()}


def _standing(tree: Tree, predicate: Token) -> Standing:
    own = _own(tree, predicate)
    above = governor(tree, predicate)
    if above is not None:
        return _below(tree, own, predicate, above)
    first = first_conjunct(tree, predicate)
    if tree.label(first) == "advcl" and not is_finite(tree, first) and _is_free_adjunct(tree, first):
        matrix = standing(tree.doc, tree.head(first))
        return Standing(own.polarity, least_certain(own.modality, matrix.modality))
    return own


def _below(tree: Tree, own: Standing, predicate: Token, above: Token) -> Standing:
    upper = _standing_of_governor(tree, above)
    found = signature_of(above)
    finite = is_finite(tree, predicate)
    if found is None:
        carried = upper.polarity == "negative" and not finite
        return own.under(Effect("negative" if carried else "positive", "asserted"), upper.modality)
    effect = found.effect(finite=finite, negated=upper.polarity == "negative")
    mark = marker(tree, predicate)
    asks = effect.modality == "question" or found.kind == "knowledge"
    if mark.startswith("whether") or (mark == "if" and asks):
        effect = Effect("positive", "question")
    elif CONDITIONAL_MARKS & set(mark.split()):
        effect = Effect("positive", "conditional")
    return own.under(effect, upper.modality)


def _standing_of_governor(tree: Tree, above: Token) -> Standing:
    """A verb's own standing; a noun's is that of the clause it stands in, negated by "no"."""
    if above.i in clauses(tree.doc):
        return standing(tree.doc, above)
    for ancestor in tree.ancestors(above):
        if ancestor.i in clauses(tree.doc):
            upper = standing(tree.doc, ancestor)
            return Standing("negative", upper.modality) if has_negative_determiner(tree, above) else upper
    return Standing("negative" if has_negative_determiner(tree, above) else "positive")


def _own(tree: Tree, predicate: Token) -> Standing:
    """What the clause says of itself; a bare conjunct shares the auxiliaries of the first verb."""
    if _shares_auxiliaries(tree, predicate):
        head = _own(tree, tree.head(predicate))
        return head.under(Effect("negative", "asserted")) if is_negated(tree, predicate) else head
    polarity: Polarity = "negative" if is_negated(tree, predicate) else "positive"
    return Standing(polarity, _own_modality(tree, predicate))


def _shares_auxiliaries(tree: Tree, predicate: Token) -> bool:
    if tree.label(predicate) != "conj" or tree.child(predicate, "aux", "nsubj", "cop", "mark"):
        return False
    head = tree.head(predicate)
    return (
        predicate.tag_ in ("VB", "VBG", "VBN")
        and head.pos_ in ("VERB", "AUX")
        and bool(tree.child(head, "aux", "aux:pass") or tree.label(head) == "conj")
    )


def is_negated(tree: Tree, predicate: Token) -> bool:
    """Whether the clause of a predicate is negated by its own words: "not", "never", "no troops", "without"."""
    for child in tree.children(predicate):
        label = tree.label(child)
        if label.startswith(("advmod", "cc:preconj", "det")) and _is_negator(child):
            return True
        if label.startswith(("nsubj", "obj")) and (has_negative_determiner(tree, child) or child.lower_ in NOBODY):
            return True
    return marker(tree, predicate).startswith("without") or has_negative_determiner(tree, predicate)


NOBODY = frozenset({"nobody", "none", "nothing", "no-one"})


def has_negative_determiner(tree: Tree, noun: Token) -> bool:
    """Whether a noun stands under "no" or "neither"."""
    return any(t.lower_ in ("no", "neither") for t in tree.children(noun, "det"))


def _is_negator(token: Token) -> bool:
    found = signature(token.lower_, "adv")
    return found is not None and found.kind == "negator"


def _own_modality(tree: Tree, predicate: Token) -> Modality:
    if _is_question(tree, predicate):
        return "question"
    mark = marker(tree, predicate)
    if CONDITIONAL_MARKS & set(mark.split()) and tree.label(first_conjunct(tree, predicate)) == "advcl":
        return "conditional"
    found: list[Modality] = ["asserted"]
    auxiliaries = tree.children(predicate, "aux")
    found.extend(MODALS[t.lower_] for t in auxiliaries if t.lower_ in MODALS)
    if any(t.lower_ in ("would", "'d", "’d") and t.tag_ == "MD" for t in auxiliaries):
        found.append("future" if _under_past_report(tree, predicate) else "hypothetical")
    found.extend(_of_adverbs(tree, predicate))
    if mark in TEMPORAL_MARKS and _looks_ahead(tree, predicate):
        found.append("future")
    if _is_imperative(tree, predicate):
        found.append("necessary")
    if _is_purpose(tree, predicate):
        found.append("hypothetical")
    return least_certain(*found)


def _of_adverbs(tree: Tree, predicate: Token) -> list[Modality]:
    found = [signature(t.lower_, "adv") for t in tree.children(predicate, "advmod")]
    return [s.finite.modality for s in found if s is not None and s.kind == "hedge"]


def _is_question(tree: Tree, predicate: Token) -> bool:
    first = first_conjunct(tree, predicate)
    if tree.label(first) not in ("ROOT", "parataxis") or not any(t.text == "?" for t in predicate.sent[-3:]):
        return False
    return not tree.child(first, "ccomp") or first.i < tree.children(first, "ccomp")[0].i


def _under_past_report(tree: Tree, predicate: Token) -> bool:
    """Whether "would" is only "will" in the past: "said that they would come"."""
    above = governor(tree, predicate)
    if above is None:
        return False
    verbs = [above, *tree.children(above, "aux", "cop")]
    return any(t.tag_ in ("VBD", "VBN") or t.lower_ in ("has", "have", "had") for t in verbs) or above.pos_ == "NOUN"


def _looks_ahead(tree: Tree, predicate: Token) -> bool:
    """Whether a clause with "until" or "when" in the present speaks of what has not happened yet."""
    present = predicate.tag_ in ("VBP", "VBZ") or any(t.tag_ in ("VBP", "VBZ") for t in tree.children(predicate, "aux"))
    first = first_conjunct(tree, predicate)
    return (
        present
        and tree.label(first) == "advcl"
        and standing(tree.doc, tree.head(first)).modality != "asserted"
        or (present and tree.label(first) == "advcl" and _is_governor_of_need(tree, tree.head(first)))
    )


def _is_governor_of_need(tree: Tree, verb: Token) -> bool:
    found = signature_of(verb)
    return found is not None and found.kind == "modal" and tree.child(verb, "xcomp") is not None


def _is_imperative(tree: Tree, predicate: Token) -> bool:
    root = tree.label(predicate) in ("ROOT", "ccomp", "parataxis")
    bare = predicate.tag_ == "VB" and not tree.child(predicate, "aux", "mark", "nsubj", "nsubj:pass", "cop", "expl")
    return root and bare


def _is_purpose(tree: Tree, predicate: Token) -> bool:
    first = first_conjunct(tree, predicate)
    if tree.label(first) not in ("advcl", "acl") or predicate.tag_ != "VB":
        return False
    return any(t.lower_ == "to" for t in tree.children(first, "mark")) and governor(tree, predicate) is None


def _is_free_adjunct(tree: Tree, predicate: Token) -> bool:
    return predicate.tag_ == "VBG" and not tree.child(predicate, "nsubj", "mark", "case")
