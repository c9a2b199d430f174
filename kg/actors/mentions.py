"""Find the mentions of an article: names, nationality adjectives, nominals with an actor noun at their head, pronouns.

Nothing is resolved here: a :class:`~kg.actors.spots.Spot` says where a mention stands and what it is made of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.tokens import Doc, Token

from kg.actors.names import AliasTypes, is_title, name_spots
from kg.actors.spots import Spot
from kg.actors.words import ActorNoun, noun_of, pronouns, word_set
from kg.grammar.tree import Tree, tree_of

LEFT_MODIFIERS = (
    "det", "amod", "compound", "nummod", "nmod:poss", "nmod:desc", "nmod", "advmod", "cc:preconj", "flat", "dep",
)  # fmt: skip
TITLE_LABELS = frozenset({"compound", "flat", "nmod:desc", "amod"})
RIGHT_PREPOSITIONS = frozenset({"of", "from"})
NO_REFERENCE = frozenset({"no", "any", "every", "what", "which", "whatever", "whichever"})
PRONOUN_TAGS = frozenset({"PRP", "PRP$"})
PLURAL_TAGS = frozenset({"NNS", "NNPS"})
OPENS_PHRASE = frozenset({"NOUN", "PROPN", "ADJ", "DET", "PRON", "NUM"})
HYPHENS = frozenset({"-", "–"})
PAIR_WORDS = frozenset({"both", "two"})


def find_mentions(doc: Doc, alias_types: AliasTypes) -> list[Spot]:
    """The mentions of a parsed Doc in order of their heads; spots may nest, but no two share a head."""
    tree = tree_of(doc)
    named = name_spots(doc, alias_types)
    covered = {i for spot in named for i in range(spot.start, spot.end)}
    found = {spot.head: spot for spot in named}
    simple = [*named, *_pronouns(tree, covered)]
    for spot in (*simple, *_nominals(tree, covered, {spot.start: spot for spot in simple})):
        found.setdefault(spot.head, spot)
    return sorted(found.values(), key=lambda spot: (spot.head, spot.start))


def is_plural(token: Token, noun: ActorNoun | None = None) -> bool:
    """Whether a noun stands for more than one, by its tag or because it always does ("police")."""
    return token.tag_ in PLURAL_TAGS or (noun is not None and noun.number == "plural")


def _pronouns(tree: Tree, covered: set[int]) -> Iterator[Spot]:
    table = pronouns()
    for token in tree.doc:
        if token.i in covered:
            continue
        if token.tag_ in PRONOUN_TAGS or token.pos_ == "PRON":
            pronoun = table.get(token.lower_)
            if pronoun is not None and token.text != "US":
                yield Spot(token.i, token.i + 1, token.i, "pronoun", pronoun=pronoun)
        if _is_both_alone(tree, token):
            yield Spot(token.i, token.i + 1, token.i, "nominal", pair=True)


def _is_both_alone(tree: Tree, token: Token) -> bool:
    """Whether "both" stands for two actors by itself ("delegates from both"), rather than before a noun or "and"."""
    if token.lower_ != "both" or tree.label(token) in ("det", "cc:preconj", "cc"):
        return False
    doc = tree.doc
    before = doc[token.i - 1] if token.i else None
    after = doc[token.i + 1] if token.i + 1 < len(doc) else None
    opens = before is None or before.is_punct or before.is_space or before.pos_ in ("ADP", "SCONJ", "VERB")
    return opens and (after is None or after.pos_ not in OPENS_PHRASE)


def _nominals(tree: Tree, covered: set[int], simple: Mapping[int, Spot]) -> Iterator[Spot]:
    for token in tree.doc:
        if token.i in covered or token.pos_ not in ("NOUN", "PROPN"):
            continue
        noun = noun_of(token)
        if noun is None or _is_title_of_name(tree, token, covered) or not _refers(tree, token, noun):
            continue
        start, end = _extent(tree, token, simple)
        named = any(c.i in covered for c in tree.children(token) if c.i < token.i)  # "two Fatah members" are theirs
        pair = is_plural(token) and not named and any(c.lower_ in PAIR_WORDS for c in tree.children(token))
        yield Spot(start, end, token.i, "nominal", noun=noun, pair=pair)


def _is_title_of_name(tree: Tree, token: Token, covered: set[int]) -> bool:
    """Whether a noun only modifies another ("government forces") or stands as a title before a name."""
    follows = token.i + 1
    if tree.label(token) in TITLE_LABELS and tree.heads[token.i] > token.i:
        return tree.doc[follows].text != ","  # with a comma, an apposition parsed as if it had none
    while follows < len(tree.doc) and follows not in covered and _goes_on(tree.doc[follows]):
        follows += 1
    adjacent = follows < len(tree.doc) and follows in covered and tree.doc[follows].text[0].isupper()
    return adjacent and token.tag_ not in PLURAL_TAGS and tree.label(token) != "nmod:poss"


def _goes_on(token: Token) -> bool:
    """Whether a title goes on with a word ("Secretary-General")."""
    return token.text in HYPHENS or (token.pos_ in ("NOUN", "PROPN") and is_title(token))


def _refers(tree: Tree, token: Token, noun: ActorNoun) -> bool:
    """Whether a nominal can refer: not "no country", and not a bare singular ("secretary of state")."""
    if token.i and token.lower_ in word_set("postnominal") and noun_of(tree.doc[token.i - 1]) is not None:
        return False
    modifiers = tree.children(token, *LEFT_MODIFIERS)
    if any(m.lower_ in NO_REFERENCE for m in modifiers):
        return False
    return bool(modifiers) or is_plural(token, noun) or token.pos_ == "PROPN"


def _extent(tree: Tree, head: Token, simple: Mapping[int, Spot]) -> tuple[int, int]:
    """The tokens of a nominal: its modifiers on the left, and what hangs below it by "of" or "from" on the right."""
    start, end = head.i, head.i + 1
    for child in reversed(tree.children(head, *LEFT_MODIFIERS)):
        if child.i < head.i:
            start = min(start, tree.subtree(child)[0].i)
    for child in tree.children(head, "nmod"):
        case = tree.child(child, "case")
        if child.i > head.i and case is not None and case.lower_ in RIGHT_PREPOSITIONS and case.i == end:
            loose = ("appos", "acl", "acl:relcl", "punct", "advcl")
            listed = is_plural(head) and child.pos_ == "PROPN"  # "ministers of Chad, Niger and Benin" are of all three
            end = tree.subtree(child, without=loose if listed else (*loose, "conj"))[-1].i + 1
    if end == head.i + 1 and end < len(tree.doc) and tree.doc[end].lower_ in RIGHT_PREPOSITIONS and end + 1 in simple:
        end = simple[end + 1].end  # a name right behind "of" or "from" belongs here, however it was parsed
    while start < head.i and (tree.doc[start].is_space or tree.doc[start].is_punct):
        start += 1
    return start, end
