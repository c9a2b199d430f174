"""The offices that an article gives to people: "Russian President" before a name, "the foreign minister," beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kg.actors.names import POSSESSIVES, is_title
from kg.actors.spots import Spot
from kg.actors.words import noun_of, titles
from kg.grammar.tree import Tree

LONGEST_TITLE = 8
HYPHENS = frozenset({"-", "–"})
PHRASE_WORDS = frozenset({"NOUN", "PROPN", "ADJ"})


@dataclass(frozen=True, slots=True)
class StatedOffice:
    """What an article says that a person is: the words, the ISO code of the country, and the entity served."""

    title: str
    country: str | None = None
    body: str | None = None


#: The ISO code of the country and the entity id that a name at a token index stands for.
Affiliation = Callable[[int], tuple[str | None, str | None]]


def title_before(tree: Tree, spot: Spot, names: Mapping[int, Spot], affiliation: Affiliation) -> StatedOffice | None:
    """The office that stands right before a person's name ("Russian President", "US secretary of state").

    ``names`` gives the name that covers a token.
    """
    doc, i = tree.doc, spot.start - 1
    words: list[int] = []
    owner: int | None = None
    while i >= 0 and len(words) < LONGEST_TITLE:
        token = doc[i]
        if i in names:
            owner = names[i].head
            break
        if not token.is_space:
            of = token.lower_ == "of" and i > 0 and noun_of(doc[i - 1]) is not None
            if not (of or token.text in HYPHENS or is_title(token) or token.pos_ in PHRASE_WORDS):
                break
            words.insert(0, i)
        i -= 1
    return _office(tree, words, owner, affiliation)


def _office(tree: Tree, words: list[int], owner: int | None, affiliation: Affiliation) -> StatedOffice | None:
    """An office of these words, if one of them names a function that a person has."""
    nouns = [noun for i in words if (noun := noun_of(tree.doc[i]))]
    if not any(noun.role in ("office", "leader", "post") for noun in nouns):
        return None
    spoken = (tree.doc[i] for i in words)
    title = " ".join(t.text for t in spoken if t.lower_.rstrip(".") not in titles() and t.text not in HYPHENS)
    country, body = affiliation(owner) if owner is not None else (None, None)
    return StatedOffice(title, country, body)


def office_of_nominal(
    tree: Tree, spot: Spot, names: Mapping[int, Spot], affiliation: Affiliation
) -> StatedOffice | None:
    """The office that a nominal names ("the Russian foreign minister", "Secretary General of the United Nations")."""
    marks = [i for i in range(spot.start, spot.head) if tree.doc[i].text in POSSESSIVES]
    own = marks[-1] + 1 if marks else spot.start
    owners = [marks[-1] - 1] if marks else range(own, spot.end)
    owner = next((names[i].head for i in owners if i in names), None)
    words = [i for i in range(own, spot.end) if i not in names and _belongs_to_title(tree, i)]
    while words and tree.doc[words[-1]].pos_ in ("ADP", "DET", "PUNCT"):
        words.pop()
    return _office(tree, words, owner, affiliation)


def _belongs_to_title(tree: Tree, i: int) -> bool:
    token = tree.doc[i]
    return (token.pos_ in (*PHRASE_WORDS, "ADP") or token.text in HYPHENS) and not token.is_space
