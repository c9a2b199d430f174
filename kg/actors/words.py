"""The word lists of this room: nouns that can name an actor, pronouns, and words that stand before a person's name."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast, get_args

from spacy.tokens import Token

from kg.errors import KnowledgeBaseError
from kg.model import KINDS, Kind

Number = Literal["singular", "plural", ""]
Animacy = Literal["animate", "collective", "inanimate", ""]
Gender = Literal["masculine", "feminine", ""]
Role = Literal["office", "leader", "post", "body", ""]

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class ActorNoun:
    """A noun that can name an actor.

    ``refers_to`` lists the kinds of entity that "the <noun>" can point back to, and ``cues`` words of which such an
    entity's name must hold one ("union", "league" for "the bloc"; none asked if empty). ``role`` is "office" for
    offices that one person holds, "leader" for heads of state or government, "post" for other functions held for
    somebody ("spokesman"), and "body" for organs of a country.
    """

    noun: str
    kind: Kind
    number: Number
    animacy: Animacy
    gender: Gender
    refers_to: frozenset[str]
    cues: frozenset[str]
    role: Role


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A personal pronoun; an empty feature agrees with everything."""

    pronoun: str
    person: int
    number: Number
    animacy: Animacy
    gender: Gender
    form: str


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def actor_nouns() -> dict[str, ActorNoun]:
    """The table ``actor_nouns.csv`` by noun, singular and lower case.

    :raises KnowledgeBaseError: if a row has an unknown kind or role.

    >>> actor_nouns()["alliance"].kind
    'organization'
    """
    nouns = {row["noun"]: _actor_noun(row) for row in _rows("actor_nouns.csv")}
    for noun in nouns.values():
        if noun.kind not in KINDS or noun.role not in get_args(Role):
            raise KnowledgeBaseError(f"actor_nouns.csv: {noun.noun!r} has kind {noun.kind!r} and role {noun.role!r}")
    return nouns


def _actor_noun(row: dict[str, str]) -> ActorNoun:
    noun = row["noun"]
    return ActorNoun(
        noun=noun,
        kind=cast(Kind, row["kind"]),
        number=cast(Number, row["number"]),
        animacy=cast(Animacy, row["animacy"]),
        gender=cast(Gender, row["gender"]),
        refers_to=frozenset(row["refers_to"].split()),
        cues=frozenset(noun if cue == "=" else cue for cue in row["cues"].split()),
        role=cast(Role, row["role"]),
    )


@cache
def pronouns() -> dict[str, Pronoun]:
    """The table ``pronouns.csv`` by pronoun, lower case.

    >>> pronouns()["she"].gender
    'feminine'
    """
    return {
        row["pronoun"]: Pronoun(
            pronoun=row["pronoun"],
            person=int(row["person"]),
            number=cast(Number, row["number"]),
            animacy=cast(Animacy, row["animacy"]),
            gender=cast(Gender, row["gender"]),
            form=row["form"],
        )
        for row in _rows("pronouns.csv")
    }


@cache
def titles() -> dict[str, Gender]:
    """The forms of address of ``titles.csv``, lower case without a full stop, with the gender that they tell.

    >>> titles()["mrs"]
    'feminine'
    """
    return {row["title"]: cast(Gender, row["gender"]) for row in _rows("titles.csv")}


@cache
def given_names() -> dict[str, Gender]:
    """The first names of ``given_names.csv``, folded, with the gender that they nearly always tell."""
    return {row["name"]: cast(Gender, row["gender"]) for row in _rows("given_names.csv")}


@cache
def _noun_classes() -> dict[str, str]:
    return {row["noun"]: row["class"] for row in _rows("noun_classes.csv")}


def noun_class(noun: str) -> str:
    """What a noun mostly stands for, by ``noun_classes.csv``: "person", "org", "place", "time", "thing", or "".

    >>> noun_class("student"), noun_class("week")
    ('person', 'time')
    """
    return _noun_classes().get(noun, "")


@cache
def word_set(name: str) -> frozenset[str]:
    """The words of one list in ``word_lists.csv``.

    >>> "in" in word_set("place preposition")
    True
    """
    return frozenset(row["word"] for row in _rows("word_lists.csv") if row["list"] == name)


def noun_of(token: Token) -> ActorNoun | None:
    """The actor noun that a token is a form of, if it is one."""
    nouns, lower = actor_nouns(), token.lower_
    return nouns.get(lower) or nouns.get(token.lemma_.lower()) or nouns.get(_singular(lower))


def _singular(word: str) -> str:
    for ending, singular in (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("men", "man"), ("s", "")):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word[: -len(ending)] + singular
    return word


def singular_of(token: Token) -> str:
    """The dictionary form of a noun in lower case, for ids and comparison."""
    noun = noun_of(token)
    return noun.noun if noun else token.lemma_.lower()
