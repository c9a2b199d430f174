"""Lists of names in the world, to put in the place of names in the corpora and to recognise names by.

People come from the office holders of every-politician-scrapers, parties from Party Facts, organisations from the list
of international organisations and ROR, armed groups from the UCDP, companies from the Name Suggestion Index, and places
from Natural Earth: facts under CC0, MIT, CC BY and BSD licences, or in the public domain.
"""

from __future__ import annotations

import csv
import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.corpora.gazetteer import Gazetteer, read_table, words_of
from kg.corpora.passages import UNKNOWN, Name, NamedSentence

LATIN_NAME = re.compile(r"[A-ZÀ-ÞĀ-ž][\w'’.\-]*( [\w'’.&\-]+){0,6}")
OTHER_SCRIPT = re.compile(r"[^\x00-ɏḀ-ỿ’]")
COMPANY_KINDS = ("brands/amenity/bank", "brands/amenity/fuel", "operators/office", "brands/shop/car", "brands/office")
REPLACED = 0.7


@dataclass(frozen=True, slots=True)
class NameLists:
    """Names by kind; ``organisations`` holds one tuple for each kind of organisation."""

    people: tuple[str, ...]
    given_names: frozenset[str]
    surnames: tuple[str, ...]
    organisations: tuple[tuple[str, ...], ...]
    countries: tuple[str, ...]
    places: tuple[str, ...]

    @classmethod
    def load(cls, data: Path) -> NameLists:
        """Read the sources below ``data/kb``."""
        kb = data / "kb"
        people = _people(kb / "every-politician-scrapers")
        given = Counter(person.split()[0] for person in people if " " in person)
        return cls(
            people=people,
            given_names=frozenset(name for name, count in given.items() if count >= 2 and len(name) > 2),
            surnames=_tidy(_surname(person) for person in people),
            organisations=(
                _parties(kb / "partyfacts"),
                _public_bodies(kb),
                _armed_groups(kb / "ucdp-actor" / "ucdp-actor-221.csv"),
                _companies(kb / "name-suggestion-index" / "entities.tsv"),
            ),
            countries=tuple(sorted(row["territory"] for row in read_table("territories.csv") if _short(row))),
            places=_places(kb / "natural-earth"),
        )


def _short(row: dict[str, str]) -> bool:
    return len(row["territory"].split()) <= 3


def _tidy(names: Iterable[str]) -> tuple[str, ...]:
    stripped = {name.strip() for name in names if not OTHER_SCRIPT.search(name)}
    return tuple(sorted(name for name in stripped if LATIN_NAME.fullmatch(name)))


def _surname(person: str) -> str:
    words = person.split()
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in words_of("surname particle"):
        start -= 1
    return " ".join(words[start:])


def _people(folder: Path) -> tuple[str, ...]:
    holders = sorted(folder.glob("*/html_holders21.csv"))
    return _tidy(row["person"] for path in holders for row in _table(path) if 2 <= len(row["person"].split()) <= 4)


def _parties(folder: Path) -> tuple[str, ...]:
    names: list[str] = []
    for row in _table(folder / "partyfacts-core-parties.csv"):
        names += row["name_english"].split(" / ")
        names.append(row["name"])
        names += [row["name_short"]] if row["name_short"].isupper() and len(row["name_short"]) > 2 else []
    return _tidy(re.sub(r"\(.*?\)|\[.*?\]", "", name) for name in names)


def _public_bodies(kb: Path) -> tuple[str, ...]:
    names = [row["label"] for row in _table(kb / "opensanctions-igo" / "igo.tsv", delimiter="\t")]
    for line in (kb / "ror" / "ror_government_qid.jsonl").read_text(encoding="utf8").splitlines():
        names += [name for name, language, _ in json.loads(line)["names"] if language in (None, "en")]
    return _tidy(names)


def _armed_groups(path: Path) -> tuple[str, ...]:
    states = ("Government of", "Civilians", "Supporters of")
    names = [row["NameData"] for row in _table(path) if not row["NameData"].startswith(states)]
    return _tidy(re.sub(r" ?\(.*?\)", "", part) for name in names for part in name.split(" - "))


def _companies(path: Path) -> tuple[str, ...]:
    rows = _table(path, delimiter="\t")
    return _tidy(row["label"] for row in rows if row["category"].startswith(COMPANY_KINDS))


def _places(folder: Path) -> tuple[str, ...]:
    cities = [row["NAME_EN"] or row["NAME"] for row in _table(folder / "ne_10m_populated_places.csv")]
    provinces = [row["name_en"] for row in _table(folder / "ne_50m_admin_1_attrs_v5.csv")]
    return _tidy([*cities, *provinces])


def _table(path: Path, *, delimiter: str = ",") -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        yield from csv.DictReader(lines, delimiter=delimiter)


def with_other_names(sentence: NamedSentence, lists: NameLists, chance: random.Random) -> NamedSentence:
    """The sentence with most of its people, organisations and places called by other names of the same kind."""
    words: list[str] = []
    spaces: list[bool] | None = None if sentence.spaces is None else []
    names: list[Name] = []
    position = 0
    for name in sorted(sentence.names):
        old = sentence.words[name.start : name.end]
        new = _other(name.label, old, lists, chance).split() if chance.random() < REPLACED else old
        words += sentence.words[position : name.start]
        names.append(Name(len(words), len(words) + len(new), name.label))
        words += new
        if spaces is not None and sentence.spaces is not None:
            spaces += sentence.spaces[position : name.start]
            spaces += sentence.spaces[name.start : name.end] if new is old else [True] * (len(new) - 1)
            spaces += [] if new is old else [sentence.spaces[name.end - 1]]
        position = name.end
    words += sentence.words[position:]
    if spaces is not None and sentence.spaces is not None:
        spaces += sentence.spaces[position:]
    return NamedSentence(words, names, spaces, sentence.starts_document)


def _other(label: str, words: list[str], lists: NameLists, chance: random.Random) -> str:
    """Another name with the label, of like length where that matters; the same name for other labels."""
    if label == "PERSON":
        return chance.choice(lists.people if len(words) > 1 else lists.surnames)
    if label == "ORG":
        return chance.choice(chance.choices(lists.organisations, (4, 2, 2, 1))[0])
    if label == "GPE":
        return chance.choice(lists.countries if " ".join(words) in lists.countries else lists.places)
    return " ".join(words)


def recognised(words: list[str], gazetteer: Gazetteer, lists: NameLists) -> str:
    """The label of a run of proper nouns whose kind the lists leave in no doubt, else unknown."""
    name = " ".join(words)
    place = gazetteer.holds("territory", words) or name.title() in gazetteer.territories
    person = words[0] in lists.given_names and len(words) <= 3 and words[-1][:1].isalpha()
    if gazetteer.is_group(words):
        return "NORP"
    if place or person:
        return UNKNOWN if place and person else "GPE" if place else "PERSON"
    if len(words) > 1 and gazetteer.holds("organisation", words):
        return "ORG"
    if gazetteer.holds("region", words) or gazetteer.holds("natural", words):
        return "LOC"
    return UNKNOWN
