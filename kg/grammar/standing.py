"""Polarity and modality of predicates, composed down the tree.

Each predicate has marks of its own (negation, modal verbs, "if", a question mark, hedging adverbs) and stands under
others that change it: what one plans is future, what one denies is negative, what one doubts is possible. The effects
of embedding predicates come from ``language/predicates.tsv``; along a path, the least certain modality wins. What made
it so, its ground ("will", "may", "purpose", the class of a predicate above), decides how certain it is as one number.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from kg.grammar.clauses import clauses, first_conjunct, governor, is_finite, marker, shares_auxiliaries
from kg.grammar.predicates import Effect, signature, signature_of
from kg.grammar.tree import Tree, tree_of
from kg.model import Modality, Polarity

MODALS: dict[str, Modality] = {
    "will": "future", "shall": "future", "'ll": "future", "’ll": "future", "wo": "future",
    "may": "possible", "might": "possible", "could": "possible", "can": "possible", "ca": "possible",
    "must": "necessary", "should": "necessary", "ought": "necessary",
}  # fmt: skip
MODAL_LEMMAS = {"'ll": "will", "’ll": "will", "wo": "will", "shall": "will", "ca": "can"}
LEAST_CERTAIN_FIRST: tuple[Modality, ...] = (
    "question", "conditional", "hypothetical", "possible", "future", "necessary", "asserted",
)  # fmt: skip
CONDITIONAL_MARKS = frozenset({"if", "unless", "provided", "providing", "supposing", "lest", "assuming"})
TEMPORAL_MARKS = frozenset({"until", "till", "before", "once", "when", "after", "whenever"})
CERTAINTY: dict[Modality, float] = {
    "asserted": 3.0,
    "future": 2.0,
    "necessary": 1.5,
    "possible": 1.0,
    "conditional": 0.5,
    "hypothetical": 0.5,
    "question": 0.0,
}
NOBODY = frozenset({"nobody", "none", "nothing", "no-one"})
COMPLEMENTS = ("ccomp", "xcomp", "csubj")
AIMS = frozenset({"for", "at", "to", "about", "toward", "towards", "into"})
"""Prepositions before a gerund that is not said to be done."""
AVERSE = frozenset({"against", "from"})
"""Prepositions before a gerund that is kept from being done."""
RAISES_NEGATION = frozenset({"belief", "desire", "knowledge", "raising"})
"""Classes whose negation is often meant for their clause: "does not think that …"."""
AFFIRMED, DENIED = Effect("positive", "asserted"), Effect("negative", "asserted")


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether something is affirmed or denied, and how certain it is said to be."""

    polarity: Polarity = "positive"
    modality: Modality = "asserted"
    ground: str = field(default="", compare=False)

    @property
    def factuality(self) -> float:
        """The same as one number from -3 (certainly not) to 3 (certainly).

        >>> Standing("negative", "asserted").factuality
        -3.0
        """
        return CERTAINTY[self.modality] * (1.0 if self.polarity == "positive" else -1.0)

    def under(self, effect: Effect, modality: Modality = "asserted", *, ground: str = "", above: str = "") -> Standing:
        """This standing below a predicate with ``effect`` that itself has ``modality``.

        :param ground: what kind of predicate it is.
        :param above: what gave the predicate its modality.
        """
        polarity: Polarity = "positive" if self.polarity == effect.polarity else "negative"
        marks = ((self.modality, self.ground), (effect.modality, ground), (modality, above))
        least = least_certain(self.modality, effect.modality, modality)
        grounds = [mark[1] for mark in marks if mark[0] == least and mark[1]]
        return Standing(polarity, least, grounds[0] if grounds else "")

    def under_modality(self, modality: Modality, ground: str = "") -> Standing:
        """This standing in a clause of ``modality``."""
        return self.under(AFFIRMED, modality, above=ground)

    def under_standing(self, other: Standing) -> Standing:
        """This standing carried by a clause that only says whether it comes about."""
        return self.under(Effect(other.polarity, "asserted"), other.modality, above=other.ground)


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


def _standing(tree: Tree, predicate: Token) -> Standing:
    own = _own(tree, predicate)
    above = governor(tree, predicate)
    if above is not None:
        return _below(tree, own, predicate, above)
    first = first_conjunct(tree, predicate)
    if tree.label(first) == "advcl" and not is_finite(tree, first) and _is_free_adjunct(tree, first):
        matrix = standing(tree.doc, tree.head(first))
        return own.under_modality(matrix.modality, matrix.ground)
    mark = _mark_of_gerund(tree, first)
    if mark in AIMS or mark in AVERSE:
        matrix = _standing_of_governor(tree, tree.head(first))
        effect = Effect("positive", "hypothetical") if mark in AIMS else DENIED
        return own.under(effect, matrix.modality, ground=f"{mark} -ing", above=matrix.ground)
    if tree.label(first).startswith("acl"):
        return _below_modified(tree, own, first)
    return own


def _is_infinitive(tree: Tree, predicate: Token) -> bool:
    """Whether a complement is an infinitive with "to"."""
    to = any(t.lower_ == "to" and t.tag_ == "TO" for t in tree.children(first_conjunct(tree, predicate), "mark"))
    return to and tree.label(first_conjunct(tree, predicate)) == "xcomp"


def _mark_of_gerund(tree: Tree, predicate: Token) -> str:
    """The preposition before a gerund: "aimed at doubling", "a basis for stopping", "decided against leaving"."""
    gerund = predicate.tag_ == "VBG" and tree.label(predicate) in ("acl", "advcl")
    return marker(tree, predicate) if gerund else ""


def _below_modified(tree: Tree, own: Standing, predicate: Token) -> Standing:
    """A clause about something that is said not to be there, or not yet: "found no pattern linking them"."""
    noun = tree.head(predicate)
    determiners = {t.lower_ for t in tree.children(noun, "det")}
    if not determiners & {"no", "any", "a", "an"} or predicate.tag_ in ("VBD",):
        return own
    upper = _standing_of_governor(tree, noun)
    absent = "no" in determiners or (upper.polarity == "negative" and "any" in determiners)
    if absent:
        return own.under(DENIED, upper.modality, ground="no noun", above=upper.ground)
    return own.under_modality(upper.modality, upper.ground)


def _below(tree: Tree, own: Standing, predicate: Token, above: Token) -> Standing:
    upper = _standing_of_governor(tree, above)
    found = signature_of(above)
    finite = is_finite(tree, predicate)
    if found is None:
        carried = upper.polarity == "negative" and not finite
        to = _is_infinitive(tree, predicate)
        effect = Effect("negative" if carried else "positive", "future" if to else "asserted")
        return own.under(effect, upper.modality, ground="infinitive" if to else "", above=upper.ground)
    effect = found.effect(finite=finite, negated=upper.polarity == "negative")
    mark = marker(tree, predicate)
    asks = effect.modality == "question" or found.kind == "knowledge"
    ground = ("not " if upper.polarity == "negative" else "") + found.kind + (" that" if finite else " to")
    if mark.startswith("whether") or (mark == "if" and asks):
        effect, ground = Effect("positive", "question"), "whether"
    elif CONDITIONAL_MARKS & set(mark.split()):
        effect, ground = Effect("positive", "conditional"), "if"
    return own.under(effect, upper.modality, ground=ground, above=upper.ground)


def _standing_of_governor(tree: Tree, above: Token) -> Standing:
    """A verb's own standing; a noun's is that of the clause it stands in, negated by "no"."""
    if above.i in clauses(tree.doc):
        return standing(tree.doc, above)
    for ancestor in tree.ancestors(above):
        if ancestor.i in clauses(tree.doc):
            upper = standing(tree.doc, ancestor)
            undergoes = ancestor.i == tree.head(above).i and tree.label(above) in ("obj", "nsubj:pass")
            if undergoes and _turns_down(ancestor):
                upper = upper.under(DENIED, ground="turned down")
            absent = has_negative_determiner(tree, above)
            return Standing("negative", upper.modality, upper.ground or "no") if absent else upper
    return Standing("negative", ground="no") if has_negative_determiner(tree, above) else Standing()


def _turns_down(verb: Token) -> bool:
    """Whether a verb keeps what its object proposes from coming about: "rejected a plan to …"."""
    found = signature_of(verb)
    return verb.lemma_ == "reject" or (found is not None and found.kind in ("denial", "refusal", "prevention"))


def _own(tree: Tree, predicate: Token) -> Standing:
    """What the clause says of itself; a bare conjunct shares the auxiliaries of the first verb."""
    if shares_auxiliaries(tree, predicate):
        head = _own(tree, tree.head(predicate))
        return head.under(DENIED, ground="not") if is_negated(tree, predicate) else head
    modality, ground = _own_modality(tree, predicate)
    if is_negated(tree, predicate):
        return Standing("negative", modality, ground or _ground_of_negation(tree, predicate))
    return Standing("positive", modality, ground)


def own_standing(tree: Tree, predicate: Token) -> Standing:
    """What a clause says of itself alone, whatever it stands under."""
    return _own(tree, predicate)


def _ground_of_negation(tree: Tree, predicate: Token) -> str:
    """Which words deny a clause: "not", "no" for one of its arguments, "without", "not belief" ("doesn't think")."""
    if marker(tree, predicate).startswith(("without", "rather than", "instead of")):
        return "without"
    if not any(_is_negator(t) or _is_no_longer(tree, t) for t in tree.children(predicate, "advmod")):
        return "no"
    found = signature_of(predicate)
    raised = found is not None and found.kind in RAISES_NEGATION and tree.child(predicate, "ccomp", "xcomp") is not None
    return "not belief" if raised else "not"


def is_negated(tree: Tree, predicate: Token) -> bool:
    """Whether the clause of a predicate is negated by its own words: "not", "never", "no troops", "without"."""
    for child in tree.children(predicate):
        label = tree.label(child)
        if label.startswith(("advmod", "cc:preconj", "det")) and _is_negator(child):
            return True
        if label == "cc" and child.lower_ == "nor":
            return True
        if _is_no_longer(tree, child):
            return True
        if label.startswith(("nsubj", "obj")) and (has_negative_determiner(tree, child) or child.lower_ in NOBODY):
            return True
    mark = marker(tree, predicate)
    return mark.startswith(("without", "rather than", "instead of")) or has_negative_determiner(tree, predicate)


def has_negative_determiner(tree: Tree, noun: Token) -> bool:
    """Whether a noun stands under "no" or "neither"."""
    return any(t.lower_ in ("no", "neither") for t in tree.children(noun, "det", "cc:preconj"))


def _is_no_longer(tree: Tree, adverb: Token) -> bool:
    return adverb.lower_ == "longer" and any(t.lower_ == "no" for t in tree.children(adverb))


def _is_negator(token: Token) -> bool:
    found = signature(token.lower_, "adv")
    return found is not None and found.kind == "negator"


def _own_modality(tree: Tree, predicate: Token) -> tuple[Modality, str]:
    """The modality that a clause's own words give it, and its ground."""
    if _is_question(tree, predicate):
        return "question", "?"
    mark = marker(tree, predicate)
    if CONDITIONAL_MARKS & set(mark.split()) and tree.label(first_conjunct(tree, predicate)) not in COMPLEMENTS:
        return "conditional", "if"
    if mark.startswith("whether"):
        return "question", "whether"
    found: list[tuple[Modality, str]] = [("asserted", "")]
    auxiliaries = tree.children(predicate, "aux")
    perfect = " have" if any(t.lower_ in ("have", "’ve", "'ve") for t in auxiliaries) else ""
    modals = [t.lower_ for t in auxiliaries if t.lower_ in MODALS]
    found.extend((MODALS[word], MODAL_LEMMAS.get(word, word) + perfect) for word in modals)
    if any(t.lower_ in ("would", "'d", "’d") and t.tag_ == "MD" for t in auxiliaries):
        reported = _under_past_report(tree, predicate)
        found.append(("future", "would") if reported else ("hypothetical", "would" + perfect))
    if _is_going_to(tree, predicate):
        found.append(("future", "will"))
    if _is_subjunctive(tree, predicate):
        found.append(("necessary", "subjunctive"))
    found.extend(_of_adverbs(tree, predicate))
    if mark in TEMPORAL_MARKS and _looks_ahead(tree, predicate):
        found.append(("future", "when"))
    if _is_imperative(tree, predicate):
        found.append(("necessary", "imperative"))
    if _is_purpose(tree, predicate):
        found.append(("hypothetical", "purpose"))
    return min(found, key=lambda mark: LEAST_CERTAIN_FIRST.index(mark[0]))


def _of_adverbs(tree: Tree, predicate: Token) -> list[tuple[Modality, str]]:
    found = [signature(t.lower_, "adv") for t in tree.children(predicate, "advmod")]
    return [(s.finite.modality, "hedge") for s in found if s is not None and s.kind == "hedge"]


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


def _is_going_to(tree: Tree, predicate: Token) -> bool:
    """Whether an infinitive stands after "is going to"."""
    above = tree.head(predicate)
    return tree.label(predicate) == "xcomp" and above.lower_ == "going" and tree.child(above, "aux", "cop") is not None


def _is_subjunctive(tree: Tree, predicate: Token) -> bool:
    """Whether a clause with a subject has a bare verb, as demands have: "insisted that he be returned"."""
    verbs = [t for t in (predicate, *tree.children(predicate, "aux:pass", "cop")) if t.tag_ == "VB"]
    return (
        tree.label(predicate) == "ccomp" and bool(verbs) and not tree.child(predicate, "aux")
        and tree.child(predicate, "nsubj", "nsubj:pass") is not None and marker(tree, predicate) == "that"
    )  # fmt: skip


def _is_purpose(tree: Tree, predicate: Token) -> bool:
    first = first_conjunct(tree, predicate)
    if tree.label(first) not in ("advcl", "acl") or predicate.tag_ != "VB":
        return False
    return any(t.lower_ == "to" for t in tree.children(first, "mark")) and governor(tree, predicate) is None


def _is_free_adjunct(tree: Tree, predicate: Token) -> bool:
    return predicate.tag_ == "VBG" and not tree.child(predicate, "nsubj", "mark", "case")
