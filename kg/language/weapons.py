"""Find weapons: nouns of ``weapon_words.csv``, with what belongs to their names, and models such as "F-16s".

- A noun that means a weapon counts as the head of its phrase ("chemical weapons", "anti-tank missiles"), not where it
  only describes another noun ("a missile strike"), unless that one is a part or a set of it ("missile systems").
- A noun of several meanings ("tank", "shell", "arms") counts beside a weapon only: in one compound ("mortar shells"),
  in a list ("missiles and tanks"), behind a model ("T-72 tanks"), or behind whose they are ("Iraqi tanks").
- A model of letters and figures counts with such a noun ("S-400 missile systems"), in the plural with a hyphen
  ("F-16s"), and then wherever else the article uses it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from spacy.tokens import Doc, Token

NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})
MODIFIER_TAGS = frozenset({"NN", "JJ", "VBN", "VBG"})
OWNERS = frozenset({"NORP", "GPE", "ORG"})
LINKS = frozenset({"and", "or", ","})
HYPHENS = frozenset({"-", "–"})
LONGEST_NAME = 6
LONGEST_LINK = 3
MODEL = re.compile(r"\b(?:[A-Z]{1,3}|[A-Z][a-z]{1,2})-?\d{1,3}[A-Z]{0,3}\d?(s?)\b")


@dataclass(slots=True)
class Phrase:
    """Tokens ``[start, end)`` that may name a weapon, and whether it is certain that they do."""

    start: int
    end: int
    certain: bool


def weapons(doc: Doc) -> list[tuple[int, int]]:
    """The weapons of a tagged Doc with its names in place: token ranges in order, none of which overlaps a name.

    >>> import spacy
    >>> words = "They sent S-400 missile systems , tanks and anti-tank missiles after the missile strike".split()
    >>> tags = "PRP VBD NNP NN NNS , NNS CC JJ NNS IN DT NN NN".split()
    >>> doc = Doc(spacy.blank("en").vocab, words=words, tags=tags, lemmas=[word.rstrip("s") for word in words])
    >>> [doc[start:end].text for start, end in weapons(doc)]
    ['S-400 missile systems', 'tanks', 'anti-tank missiles']
    """
    models = list(_models(doc))
    starts = {end: start for start, end, _ in models}
    phrases = [phrase for phrase in _phrases(doc) if not _describes(doc, phrase.end)]
    for phrase in phrases:
        first = _with_modifiers(doc, phrase.start)
        if first in starts:
            first, phrase.certain = starts[first], True
        owner = doc[first - 1] if first else None
        phrase.certain |= owner is not None and owner.ent_type_ in OWNERS
        phrase.start = first
    _spread_along_lists(doc, phrases)
    found = [(phrase.start, phrase.end) for phrase in phrases if phrase.certain]
    return sorted([*found, *_models_alone(doc, models, found)])


def _phrases(doc: Doc) -> Iterator[Phrase]:
    """Runs of weapon words, with the parts and sets that follow them ("missile systems", "mortar shells")."""
    i = 0
    while i < len(doc):
        size, role = _longest_word(doc, i)
        if not size:
            i += 1
            continue
        phrase = Phrase(i, i + size, role == "weapon")
        while phrase.end < len(doc):
            size, role = _longest_word(doc, phrase.end)
            if not size and not _is_carrier(doc[phrase.end]):
                break
            phrase.certain |= phrase.end > phrase.start and role != "-"
            phrase.end += size or 1
        yield phrase
        i = phrase.end


def _longest_word(doc: Doc, start: int) -> tuple[int, str]:
    """How many tokens from ``start`` are an entry of the table, the longest one, and its role; 0 where none is."""
    entries = _entries()
    if _key(doc[start]) not in entries and doc[start].lower_ not in _first_words():
        return 0, "-"
    best, words = (0, "-"), list[str]()
    for token in doc[start : start + LONGEST_NAME]:
        if token.ent_type or token.is_space:
            break
        if token.text in HYPHENS and words:
            continue
        words.append(token.lower_)
        role = entries.get(" ".join([*words[:-1], _key(token)]))
        if role and role != "carrier" and token.tag_ in NOUN_TAGS and (len(words) > 1 or _may_stand_alone(token)):
            best = (token.i + 1 - start, role)
    return best if best[1] != "-" else (0, "-")


def _key(token: Token) -> str:
    """The form under which a word is listed: an acronym as it is, any other noun in the singular."""
    singular = token.text.removesuffix("s")
    return singular if singular.isupper() and len(singular) > 1 else token.lemma_.lower() or token.lower_


def _may_stand_alone(token: Token) -> bool:
    """Whether a single word is no name that looks like a weapon ("Lance", "Sam")."""
    return token.tag_ in ("NN", "NNS") or token.is_lower or _key(token).isupper()


def _is_carrier(token: Token) -> bool:
    return not token.ent_type and token.tag_ in NOUN_TAGS and token.is_lower and _key(token) in _carriers()


def _describes(doc: Doc, end: int) -> bool:
    """Whether the words before ``end`` only describe the noun that follows ("missile strike", "tank-killing")."""
    if end >= len(doc):
        return False
    after = doc[end]
    if after.text in HYPHENS:
        return not doc[end - 1].whitespace_
    return after.tag_ in ("NN", "NNS") and not after.ent_type


def _with_modifiers(doc: Doc, start: int) -> int:
    """Where the name of a weapon begins: kinds ("heavy"), nouns and hyphenated words before it belong to it."""
    while start:
        before = doc[start - 1]
        hyphen = before.text in HYPHENS and start > 1 and not before.whitespace_ and not doc[start - 2].whitespace_
        modifier = doc[start - 2] if hyphen else before
        if modifier.ent_type or not modifier.text[0].isalpha() or modifier.tag_ not in MODIFIER_TAGS:
            break
        compound = hyphen or modifier.tag_ == "NN" or "-" in modifier.text or modifier.lower_.startswith("anti")
        if not compound and modifier.lower_ not in _kinds():
            break
        start = modifier.i
    return start


def _spread_along_lists(doc: Doc, phrases: list[Phrase]) -> None:
    """Make certain what stands in one list with a certain weapon."""
    for row in (phrases, phrases[::-1]):
        for one, other in zip(row, row[1:], strict=False):
            left, right = sorted((one, other), key=lambda phrase: phrase.start)
            between = doc[left.end : right.start]
            listed = all(token.lower_ in LINKS or token.tag_ in ("DT", "CD") for token in between)
            other.certain |= one.certain and listed and 0 < len(between) <= LONGEST_LINK


def _models(doc: Doc) -> Iterator[tuple[int, int, bool]]:
    """Token ranges that look like models, and whether they are plurals with a hyphen."""
    for match in MODEL.finditer(doc.text):
        span = doc.char_span(*match.span())
        if span is not None and not any(token.ent_type for token in span):
            yield span.start, span.end, bool(match[1]) and "-" in match[0]


def _models_alone(
    doc: Doc, models: list[tuple[int, int, bool]], found: list[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Models in the plural, and those that stand elsewhere in the article with a weapon's noun."""
    covered = {i for start, end in found for i in range(start, end)}
    known = {doc[s:e].text.removesuffix("s") for s, e, plural in models if plural or s in covered}
    for start, end, _ in models:
        if start not in covered and doc[start:end].text.removesuffix("s") in known:
            yield start, end


@cache
def _entries() -> dict[str, str]:
    """The role of each entry: "weapon", "ambiguous", "carrier" or "-"."""
    with Path(__file__).with_name("weapon_words.csv").open(encoding="utf8", newline="") as lines:
        rows = [(row["word"], row["role"]) for row in csv.DictReader(lines)]
    return dict(sorted(rows, key=lambda row: row[1] != "carrier"))


@cache
def _first_words() -> frozenset[str]:
    return frozenset(word.split()[0] for word in _entries() if " " in word)


@cache
def _kinds() -> frozenset[str]:
    """Words that say what kind of a weapon it is: those before the last one of an entry ("heavy", "nuclear")."""
    return frozenset(kind for word in _entries() for kind in word.split()[:-1])


@cache
def _carriers() -> frozenset[str]:
    with Path(__file__).with_name("weapon_words.csv").open(encoding="utf8", newline="") as lines:
        return frozenset(row["word"] for row in csv.DictReader(lines) if row["role"] == "carrier")
