"""What kind of thing a name is, by lists: territories, regions, nationalities, and the nouns that names end in."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLES = Path(__file__).parent
LARGE_CITY = 100_000
YEAR = re.compile(r"(1\d{3}|20\d\d)s?|\d{2}s|['’]\d0s|\d{1,2}(st|nd|rd|th)|\d{4}[-–]\d{2,4}")


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of a table that lies beside this module."""
    with (TABLES / name).open(encoding="utf8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def words_of(kind: str) -> frozenset[str]:
    """The words of one class of ``name_words.csv``, in small letters unless the class needs capitals."""
    return frozenset(row["word"] for row in read_table("name_words.csv") if row["class"] == kind)


def is_date_word(word: str) -> bool:
    """Whether a word by itself tells of a time: a month, day, year or period.

    >>> [is_date_word(w) for w in ("Tuesday", "1990s", "19th", "may", "weeks", "talks")]
    [True, True, True, False, True, False]
    """
    lower = word.lower()
    if lower in ("may", "march"):
        return word != lower
    return any(lower in words_of(kind) for kind in ("month", "day", "period")) or bool(YEAR.fullmatch(lower))


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Lists of names, made once by :meth:`load`."""

    territories: frozenset[str]
    regions: frozenset[str]
    groups: frozenset[str]
    nouns: dict[str, str]
    titles: frozenset[str]

    @classmethod
    def load(cls, data: Path) -> Gazetteer:
        """Read the tables beside this module, and Natural Earth below ``data/kb``."""
        countries = {row["territory"] for row in read_table("territories.csv")}
        groups = {row["group"] for row in read_table("groups.csv")}
        return cls(
            territories=frozenset((countries | _natural_earth(data / "kb" / "natural-earth")) - groups),
            regions=frozenset(row["region"] for row in read_table("regions.csv")),
            groups=frozenset(groups),
            nouns={row["noun"]: row["label"] for row in read_table("name_nouns.csv")},
            titles=frozenset(row["title"] for row in read_table("titles.csv")),
        )

    def holds(self, condition: str, words: list[str]) -> bool:
        """Whether the name meets a condition of ``name_labels.csv``.

        :raises KeyError: if the table names a condition that is not known.
        """
        bare = words[1:] if words[0].lower() == "the" and len(words) > 1 else words
        name = " ".join(bare)
        checks = {
            "": lambda: True,
            "group": lambda: self.is_group(bare),
            "territory": lambda: name in self.territories,
            "region": lambda: self._is_region(bare),
            "direction": lambda: len(bare) == 1 and name.lower() in words_of("direction"),
            "natural": lambda: self._has_noun(bare, "LOC"),
            "facility": lambda: self._has_noun(bare, "FAC"),
            "event": lambda: self._has_noun(bare, "EVENT"),
            "organisation": lambda: self._has_noun(bare, "ORG"),
            "date": lambda: any(is_date_word(word) for word in bare),
        }
        return checks[condition]()

    def is_group(self, words: list[str]) -> bool:
        """Whether the words name a nationality, religious or political group ("South Korean", "Bosnian Serbs")."""
        return (
            " ".join(words) in self.groups
            or all(word in self.groups or word.lower() in words_of("direction") for word in words)
            and any(word in self.groups for word in words)
        )

    def _is_region(self, words: list[str]) -> bool:
        return " ".join(words) in self.regions or (
            words[0].lower() in words_of("direction") and " ".join(words[1:]) in self.regions
        )

    def _has_noun(self, words: list[str], label: str) -> bool:
        """Whether the last word (the first in "Mount Elbrus", "Gulf of Aden") is a noun of that label."""
        before_of = words[words.index("of") - 1] if "of" in words[1:] else words[0]
        ends = words[-1:] if label in ("FAC", "ORG") else [words[-1], before_of]
        return len(words) > 1 and any(self.nouns.get(word) == label for word in ends)


def _natural_earth(folder: Path) -> set[str]:
    """Names of countries, provinces, capitals and large cities."""
    names: set[str] = set()
    for row in _rows(folder / "ne_50m_admin_0_countries_attrs_v5.csv"):
        names.update((row["name"], row["name_long"], row["formal_en"], row["name_en"]))
    for row in _rows(folder / "ne_50m_admin_1_attrs_v5.csv"):
        names.update((row["name"], row["name_en"]))
    for row in _rows(folder / "ne_10m_populated_places.csv"):
        if "capital" in row["FEATURECLA"] or float(row["POP_MAX"] or 0) >= LARGE_CITY:
            names.update((row["NAME"], row["NAMEASCII"], row["NAME_EN"]))
    return names - {""}


def _rows(path: Path) -> Iterable[dict[str, str]]:
    with path.open(encoding="utf8", newline="") as lines:
        yield from csv.DictReader(lines)
