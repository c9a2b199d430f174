"""Polarity and modality of predicates, composed down the tree.

Each predicate has marks of its own (``modality``, ``negation``) and stands under others that change it: what one plans
is future, what one denies is negative, what one doubts is possible. The effects of embedding predicates come from
``predicates.tsv``; along a path, the least certain modality wins. What made it so, its ground ("will", "may", "plans"),
decides how certain it is as one number.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Doc, Token

from kg.grammar.certainty import AFFIRMED, DENIED, Mark, Standing, least_certain
from kg.grammar.clauses import (
    clauses,
    first_conjunct,
    governor,
    is_finite,
    marker,
    shares_auxiliaries,
)
from kg.grammar.labels import PRESENT_TAGS
from kg.grammar.modality import CONDITIONAL_MARKS, MODALITY
from kg.grammar.negation import NEGATION, Denial, has_negative_determiner, is_pending
from kg.grammar.predicates import Effect, Signature, signature_of
from kg.grammar.rules import Registry, Rule
from kg.grammar.tree import Tree, tree_of
from kg.grammar.words import is_word

__all__ = ["Standing", "least_certain", "own_standing", "standing"]

STAGE = "standing"
TEMPORAL_MARKS = frozenset({"until", "till", "before", "once", "when", "after", "whenever"})
AIMS = frozenset({"for", "at", "to", "about", "toward", "towards", "into"})
"""Prepositions before a gerund that is not said to be done."""
AVERSE = frozenset({"against", "from"})
"""Prepositions before a gerund that is kept from being done."""
RAISES_NEGATION = frozenset({"belief", "desire", "knowledge", "raising"})
"""Classes whose negation is often meant for their clause: "does not think that …"."""
PROMISES = frozenset({"commitment", "decision", "desire"})
NOT_SAID_BY_ANYONE = Effect("positive", "possible")
TURNS_DOWN = frozenset({"denial", "refusal", "prevention"})


def _rule(name: str, what: str, why: str = "", *, example: str, gives: str) -> Rule:
    return Rule(name, STAGE, what, why, example, gives)


EMBEDDED = _rule(
    "embedded",
    "Put what a predicate governs under its effect, and under the predicate's own standing.",
    "What one plans is future, what one denies is denied, what one fails to do was not done.",
    example="Iran failed to stop Iraq.",
    gives="Iran | stop | Iraq | negative ground=failed",
)
GERUND = _rule(
    "gerund behind a preposition",
    'Take what stands behind "at …-ing" or "for …-ing" for an aim, and behind "against …-ing" for what was not done.',
    example="France decided against arming Kosovo.",
    gives="France | arm | Kosovo | negative",
)
ABOUT_NOTHING = _rule(
    "about what is not there",
    'Deny a clause about a noun that is said not to be there: "no proof that …".',
    example="No group backed by Iran attacked Israel.",
    gives="Iran | back | group | negative ground=no",
)
REFUTED = _rule(
    "refuted",
    "Deny what a report, claim or allegation says where that is called false, or is rejected, denied or dismissed.",
    "The text tells the report only to refute it.",
    example="Reports that Iran bombed Iraq were false.",
    gives="Iran | bomb | Iraq | negative ground=false",
)
NAMELESS_CHARGE = _rule(
    "accused by nobody named",
    "Take what somebody is accused or suspected of, by nobody who is named, for no more than possible.",
    "Nobody answers for it, so it is nobody's word and no fact either.",
    example="Kenyan soldiers were accused of burning three villages.",
    gives="Kenyan soldiers | burn | three villages | possible ground=accused",
)
LOOKS_AHEAD = _rule(
    "looking ahead",
    'Take a clause in the present with "until" or "when" below one that is no fact for what is to come.',
    example="Iran will stay until Iraq frees Kuwait.",
    gives="Iraq | free | Kuwait | future",
)
ADJUNCT = _rule(
    "free adjunct",
    "Give a participle without a subject of its own the modality of the clause that it stands beside.",
    example="Iran may attack, striking Iraq.",
    gives="Iran | strike | Iraq | possible",
)
STANDING: Registry[Callable[..., None]] = Registry(
    STAGE,
    "Compose the standing of clauses down the tree.",
    declared=(EMBEDDED, NAMELESS_CHARGE, GERUND, ABOUT_NOTHING, REFUTED, LOOKS_AHEAD, ADJUNCT),
)


def standing(doc: Doc, predicate: Token) -> Standing:
    """The standing of a predicate with all that it stands under; found once and kept with the Doc."""
    known: dict[int, Standing] = doc.user_data.setdefault("kg_standings", {})
    if predicate.i not in known:
        known[predicate.i] = Standing()  # a guard should a parse loop through parataxis
        known[predicate.i] = _standing(tree_of(doc), predicate)
    return known[predicate.i]


def own_standing(tree: Tree, predicate: Token) -> Standing:
    """What a clause says of itself alone, whatever it stands under; a bare conjunct shares the first verb's words."""
    if shares_auxiliaries(tree, predicate):
        first = own_standing(tree, tree.head(predicate))
        denial = _denial(tree, predicate)
        if denial is None or first.polarity == "negative":
            return first
        return first.under(DENIED, kind=denial[0][0], ground=denial[0][1], rule=denial[1])
    found = Standing()
    for step in MODALITY.active:
        mark = step.run(tree, predicate)
        found = found if mark is None else found.with_mark(mark, step.rule.name)
    if LOOKS_AHEAD.on and _looks_ahead(tree, predicate):
        found = found.with_mark(Mark("future", "when", marker(tree, predicate)), LOOKS_AHEAD.name)
    denial = _denial(tree, predicate)
    if denial is None:
        return found
    (kind, words), rule = denial
    kind = found.kind or ("not belief" if kind == "not" and _raises(tree, predicate) else kind)
    return Standing("negative", found.modality, kind, found.ground or words, (*found.rules, rule))


def _denial(tree: Tree, predicate: Token) -> tuple[Denial, str] | None:
    """The first words that deny a clause, and the rule that says so."""
    for step in NEGATION.active:
        denial = step.run(tree, predicate)
        if denial is not None:
            return denial, step.rule.name
    return None


def _raises(tree: Tree, predicate: Token) -> bool:
    found = signature_of(predicate)
    complement = tree.child(predicate, "ccomp", "xcomp")
    return found is not None and found.kind in RAISES_NEGATION and complement is not None


def _standing(tree: Tree, predicate: Token) -> Standing:
    own = own_standing(tree, predicate)
    above = governor(tree, predicate)
    if above is not None and not is_pending(tree, predicate):
        return _below(tree, own, predicate, above)
    first = first_conjunct(tree, predicate)
    if tree.label(first) == "advcl" and not is_finite(tree, first) and _is_free_adjunct(tree, first):
        matrix = standing(tree.doc, tree.head(first))
        free = own.under_modality(matrix)
        return free if ADJUNCT.on and free != own and ADJUNCT.fires(predicate) else own
    mark = _mark_of_gerund(tree, first)
    if GERUND.on and (mark in AIMS or mark in AVERSE):
        head = tree.head(first)
        matrix = _standing_of_governor(tree, head)
        vowed = signature_of(head)
        if vowed is not None and vowed.kind in PROMISES and mark in AIMS:
            return own.under(vowed.nonfinite, matrix, kind=f"{vowed.kind} to", ground=head.lower_, rule=GERUND.name)
        effect = Effect("positive", "hypothetical") if mark in AIMS else DENIED
        return own.under(effect, matrix, kind=f"{mark} -ing", ground=mark, rule=GERUND.name)
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
    if absent and ABOUT_NOTHING.on:
        return own.under(DENIED, upper, kind="no noun", ground="no", rule=ABOUT_NOTHING.name)
    return own.under_modality(upper)


def _below(tree: Tree, own: Standing, predicate: Token, above: Token) -> Standing:
    if not EMBEDDED.on:
        return own
    upper = _standing_of_governor(tree, above)
    found = signature_of(above)
    finite = is_finite(tree, predicate)
    words = above.lower_
    if found is None:
        carried = upper.polarity == "negative" and not finite
        to = _is_infinitive(tree, predicate)
        effect = Effect("negative" if carried else "positive", "future" if to else "asserted")
        return own.under(effect, upper, kind="infinitive" if to else "", ground=upper.ground if carried else words)
    if upper.kind == "untrue" and finite:
        return own.under(DENIED, upper, kind="no", ground=upper.ground, rule=REFUTED.name)
    effect, kind = _effect(tree, predicate, found, upper, finite=finite)
    if effect == AFFIRMED and NAMELESS_CHARGE.on and _is_nameless_charge(tree, predicate, above):
        return own.under(NOT_SAID_BY_ANYONE, upper, kind="belief to", ground=words, rule=NAMELESS_CHARGE.name)
    noted = effect != AFFIRMED
    return own.under(effect, upper, kind=kind, ground=words, rule=EMBEDDED.name if noted else "")


def _is_nameless_charge(tree: Tree, predicate: Token, above: Token) -> bool:
    """Whether a gerund says what a passive accuses somebody of, without telling who accuses."""
    clause = clauses(tree.doc).get(above.i)
    nameless = clause is not None and clause.passive and not clause.agents
    return nameless and predicate.tag_ == "VBG" and is_word(above, "charge")


def _effect(tree: Tree, predicate: Token, found: Signature, upper: Standing, *, finite: bool) -> tuple[Effect, str]:
    """What a predicate makes of the clause that it governs, and what kind of words that is."""
    effect = found.effect(finite=finite, negated=upper.polarity == "negative")
    mark = marker(tree, predicate)
    asks = effect.modality == "question" or found.kind == "knowledge"
    if mark.startswith("whether") or (mark == "if" and asks):
        return Effect("positive", "question"), "whether"
    if CONDITIONAL_MARKS & set(mark.split()):
        return Effect("positive", "conditional"), "if"
    kind = ("not " if upper.polarity == "negative" else "") + found.kind + (" that" if finite else " to")
    return effect, kind


def _standing_of_governor(tree: Tree, above: Token) -> Standing:
    """A verb's own standing; a noun's is that of the clause it stands in, negated by "no"."""
    if above.i in clauses(tree.doc):
        return standing(tree.doc, above)
    absent = has_negative_determiner(tree, above)
    denied = Standing("negative", kind="no", ground="no", rules=(ABOUT_NOTHING.name,))
    clause = next((t for t in tree.ancestors(above) if t.i in clauses(tree.doc)), None)
    if clause is None:
        return denied if absent and ABOUT_NOTHING.on else Standing()
    upper = _of_noun_in_clause(tree, above, clause)
    if absent and ABOUT_NOTHING.on:
        return Standing("negative", upper.modality, upper.kind or "no", upper.ground or "no", denied.rules)
    return upper


def _of_noun_in_clause(tree: Tree, noun: Token, clause: Token) -> Standing:
    """What a clause makes of what a noun in it says: it carries its denial only where it brings the noun about."""
    upper = standing(tree.doc, clause)
    takes_part = clause.i == tree.head(noun).i
    if takes_part and REFUTED.on and _refutes(tree, noun, clause) and upper.polarity == "positive":
        kind = "untrue" if clause.pos_ == "ADJ" else "no"
        return Standing("negative", upper.modality, kind, clause.lower_, (REFUTED.name,))
    if upper.polarity == "negative" and not _carries_denial(tree, noun, clause):
        return Standing("positive", upper.modality, upper.kind, upper.ground, upper.rules)
    return upper


def _carries_denial(tree: Tree, noun: Token, clause: Token) -> bool:
    """Whether a denied verb denies what its noun says: "has no plan to", not "did not weaken its pledge to"."""
    definite = any(t.lower_ in ("the", "this", "that", "these", "those") for t in tree.children(noun, "det"))
    owned = tree.child(noun, "nmod:poss") is not None
    found = signature_of(clause)
    return found is not None or not (definite or owned) or is_word(clause, "light") or clause.lemma_ in ("be", "have")


def _refutes(tree: Tree, noun: Token, clause: Token) -> bool:
    """Whether a clause calls untrue what a noun says, or keeps it from coming about: "rejected a plan to …"."""
    found = signature_of(clause)
    label = tree.label(noun)
    if label in ("obj", "nsubj:pass"):
        return clause.lemma_ in ("reject", "dismiss") or (found is not None and found.kind in TURNS_DOWN)
    untrue = found is not None and found.nominal == DENIED
    return label == "nsubj" and untrue and tree.child(clause, "cop") is not None


def _looks_ahead(tree: Tree, predicate: Token) -> bool:
    """Whether a clause with "until" or "when" in the present speaks of what has not happened yet."""
    first = first_conjunct(tree, predicate)
    if marker(tree, predicate) not in TEMPORAL_MARKS or tree.label(first) != "advcl":
        return False
    present = predicate.tag_ in PRESENT_TAGS or any(t.tag_ in PRESENT_TAGS for t in tree.children(predicate, "aux"))
    matrix = tree.head(first)
    return present and (standing(tree.doc, matrix).modality != "asserted" or _is_governor_of_need(tree, matrix))


def _is_governor_of_need(tree: Tree, verb: Token) -> bool:
    found = signature_of(verb)
    return found is not None and found.kind == "modal" and tree.child(verb, "xcomp") is not None


def _is_free_adjunct(tree: Tree, predicate: Token) -> bool:
    return predicate.tag_ == "VBG" and not tree.child(predicate, "nsubj", "mark", "case")
