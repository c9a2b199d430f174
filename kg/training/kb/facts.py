"""The facts that sources state, before they are joined into tables."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.actors.folding import fold, skeleton
from kg.errors import KnowledgeBaseError
from kg.model import Kind, content_id


@dataclass(frozen=True, slots=True)
class EntityFact:
    """What one source says of one entity; empty fields are left to other sources."""

    id: str
    kind: Kind
    label: str
    source: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    population: int | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    salience: float = 0.0


@dataclass(frozen=True, slots=True)
class AliasFact:
    """A name of an entity, as written, and what sort of name it is."""

    entity: str
    alias: str
    type: str
    source: str


@dataclass(frozen=True, slots=True)
class OfficeFact:
    """One term of one person in one office; dates are ISO 8601, as precise as the source has them."""

    person: str
    title: str
    role: str
    source: str
    country: str | None = None
    organisation: str | None = None
    start: str | None = None
    end: str | None = None
    as_of: str | None = None  # the day up to which the source knows; else that of the whole source


@dataclass(frozen=True, slots=True)
class MembershipFact:
    """A country's full membership in an organisation."""

    country: str
    organisation: str
    source: str


Fact = EntityFact | AliasFact | OfficeFact | MembershipFact


def present(path: Path) -> Path:
    """The path of a source.

    :raises KnowledgeBaseError: if there is no such file.
    """
    if not path.is_file():
        raise KnowledgeBaseError(f"{path} is missing: point the build at the folder that holds kb/")
    return path


def rows(path: Path, *, delimiter: str = ",") -> Iterator[dict[str, str]]:
    """The rows of a table with a header; missing cells are empty strings.

    :raises KnowledgeBaseError: if the file is missing.
    """
    with present(path).open(encoding="utf-8-sig", newline="") as file:
        quoting = csv.QUOTE_MINIMAL if delimiter == "," else csv.QUOTE_NONE
        for row in csv.DictReader(file, delimiter=delimiter, quoting=quoting):
            yield {key: value or "" for key, value in row.items() if key is not None}


def table(name: str) -> list[dict[str, str]]:
    """A table that lies beside this code."""
    return list(rows(Path(__file__).with_name(name)))


def qid(text: str) -> str | None:
    """The Wikidata item at the end of an IRI or standing alone.

    >>> qid("https://www.wikidata.org/wiki/Q159"), qid("")
    ('Q159', None)
    """
    last = text.rsplit("/", 1)[-1].strip()
    return last if last[:1] == "Q" and last[1:].isdigit() else None


def person_id(name: str, country: str) -> str:
    """The id of a person without an item: name and country tell who it is."""
    return "x" + content_id("entity", "person", skeleton(fold(name)), country)
