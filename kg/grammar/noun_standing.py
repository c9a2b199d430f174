"""How certain each word's event is: clauses, event nouns, participles and adjectives.

A noun stands below what it is the object of ("fears an attack") or what it modifies ("a threat of attack"), and shares
the modality of its clause unless the writer takes it as known ("the attack"). A participle or adjective before a noun
is taken as known.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.grammar.certainty import AFFIRMED, DENIED, Mark, Standing
from kg.grammar.clauses import clauses, is_object_like, preposition
from kg.grammar.negation import has_negative_determiner
from kg.grammar.predicates import Effect, signature_of
from kg.grammar.rules import Rule
from kg.grammar.standing import standing
from kg.grammar.tree import Tree, tree_of
from kg.grammar.words import is_event_noun, is_word

NO_EVENTS = frozenset({"PUNCT", "SPACE", "DET", "CCONJ", "SCONJ", "PART", "SYM"})
KNOWN = frozenset({"the", "this", "that", "these", "those", "both"})
FOREGOING = frozenset({"former", "previous", "past", "last", "earlier", "recent"})
CLAUSAL = frozenset({"ROOT", "conj", "ccomp", "xcomp", "advcl", "acl", "csubj", "parataxis"})
MODIFIERS = ("amod", "compound")
DEEPEST = 8
EVENT_NOUN = Rule(
    "standing of an event noun",
    "standing",
    "Put an event that a noun tells of under the words that it stands under.",
    "What one fears is possible, what one plans or demands is to come, what one condemns has happened.",
    "France fears Iran's attack on Iraq.",
    "Iran | attack on | Iraq | possible ground=fears",
)


def standings(doc: Doc) -> dict[int, Standing]:
    """The standing of each word that can tell of an event, by token index."""
    tree = tree_of(doc)
    return {token.i: word_standing(tree, token) for token in doc if token.pos_ not in NO_EVENTS}


def factuality(doc: Doc) -> dict[int, float]:
    """The factuality of each word that can tell of an event, by token index, from -3 to 3."""
    return {i: found.factuality for i, found in standings(doc).items()}


def word_standing(tree: Tree, token: Token, depth: int = 0) -> Standing:
    """The standing of the event that a word tells of, in whatever place it stands."""
    label = tree.label(token).partition(":")[0]
    if token.i in clauses(tree.doc) or (label in CLAUSAL and token.pos_ not in ("NOUN", "PROPN")):
        return _of_word(standing(tree.doc, token), token)
    if label in ("aux", "cop"):
        return word_standing(tree, tree.head(token), depth + 1) if depth < DEEPEST else Standing()
    if token.pos_ not in ("NOUN", "PROPN") or depth > DEEPEST:
        return Standing(kind=f"{token.pos_.lower()} {label}")
    own = _own(tree, token)
    head = tree.head(token)
    if head.i == token.i:
        return own
    if label == "conj":
        return own.under_standing(word_standing(tree, head, depth + 1))
    if head.i in clauses(tree.doc):
        return _below_clause(tree, token, own, head)
    return _below_noun(tree, token, own, head, depth)


def _of_word(found: Standing, token: Token) -> Standing:
    """The standing of a clause as that of its verb alone: who "made no comment" made something."""
    denied_by_argument = found == Standing("negative") and found.kind == "no" and token.pos_ in ("VERB", "AUX")
    return replace(found, kind="verb with no") if denied_by_argument else found


def _own(tree: Tree, noun: Token) -> Standing:
    """What a noun's own words say: "no talks", "possible talks", "planned talks"."""
    if has_negative_determiner(tree, noun):
        return Standing("negative", kind="no", ground="no")
    if preposition(tree, noun) == "without":
        return Standing("negative", kind="without", ground="without")
    if any(t.lower_ == "any" for t in tree.children(noun, "det")):
        return Standing().with_mark(Mark("possible", "any", "any"), EVENT_NOUN.name)
    for child in tree.children(noun, *MODIFIERS):
        found = signature_of(child)
        if found is not None and child.pos_ in ("ADJ", "VERB") and found.nominal.modality != "asserted":
            return Standing().under(found.nominal, kind=f"{found.kind} modifier", ground=child.lower_)
    return Standing()


def _below_clause(tree: Tree, noun: Token, own: Standing, verb: Token) -> Standing:
    """A noun as an argument of a verb: under its effect as an object, in its modality where it is not known already.

    The subject of "started" or "took place", and the object of "held", come about as their clause says.
    """
    clause = standing(tree.doc, verb)
    found = signature_of(verb)
    object_like = is_object_like(tree, noun)
    if found is not None and object_like:
        denied = clause.polarity == "negative" and own.polarity == "positive"
        effect = found.effect(finite=True, negated=True) if denied else found.nominal
        return own.under(effect, clause, kind=f"{found.kind} of", ground=verb.lower_)
    if own.polarity == "positive" and _is_brought_about(tree, noun, verb):
        return own.under_standing(clause)
    if _is_known(tree, noun):
        return own
    if clause.polarity == "negative" and own.polarity == "positive" and _is_denied_with(tree, noun):
        return own.under(DENIED, clause, kind="not of", ground=clause.ground)
    return own.under_modality(clause, kind=clause.kind and f"{clause.kind} noun")


def _is_brought_about(tree: Tree, noun: Token, verb: Token) -> bool:
    """Whether an event comes about as its clause says: "held no talks", "the talks will start"."""
    if is_word(verb, "light") and is_object_like(tree, noun):
        return True
    return is_word(verb, "scheduling") and is_event_noun(noun) and tree.label(noun).startswith(("nsubj", "obj"))


def _is_denied_with(tree: Tree, noun: Token) -> bool:
    """Whether a denied verb denies its object too: "did not find any troops"."""
    return any(t.lower_ == "any" for t in tree.children(noun, "det"))


def _below_noun(tree: Tree, noun: Token, own: Standing, head: Token, depth: int) -> Standing:
    """A noun that modifies another: "threat of attack", "merger talks"."""
    upper = word_standing(tree, head, depth + 1)
    found = signature_of(head)
    label = tree.label(noun)
    if label == "compound" and found is None:
        return own.under(AFFIRMED, upper, kind="compound")
    if found is not None and head.pos_ in ("NOUN", "ADJ") and label.startswith(("nmod", "compound")):
        words = preposition(tree, noun)
        effect = found.nominal if words in ("of", "for", "to", "against", "on", "over", "about", "") else AFFIRMED
        return own.under(effect, upper, kind=f"{found.kind} of", ground=head.lower_)
    if _is_known(tree, noun) or not label.startswith(("nmod", "compound", "appos")):
        return own
    carried: Effect = DENIED if upper.polarity == "negative" and preposition(tree, noun) == "of" else AFFIRMED
    return own.under(carried, upper, ground=upper.ground)


def _is_known(tree: Tree, noun: Token) -> bool:
    """Whether a noun speaks of what the reader is taken to know of: "the attack", "his visit", "last year's vote"."""
    return any(
        t.lower_ in KNOWN or t.lower_ in FOREGOING or tree.label(t) == "nmod:poss"
        for t in tree.children(noun, "det", "nmod:poss", "amod")
    )
