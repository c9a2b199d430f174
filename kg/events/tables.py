"""The tables of this room: files of tab-separated values beside the code, each with a header and a source column."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib.resources import files
from typing import get_args

from kg.errors import EventTableError
from kg.model import EVENT_TYPES, Event, EventType, Quad

QUADS: tuple[Quad, ...] = get_args(Quad)


@dataclass(frozen=True, slots=True)
class CameoCode:
    """One CAMEO code: what it stands for, its PLOVER type and mode, and its Goldstein score (-10 to 10).

    ``type`` follows the PLOVER manual as far as its draft was at hand. ``type_older`` is the type that data labelled by
    older manuals has for it: the conversion table of 2021, save 191 and 192, which such data has as ASSAULT.
    """

    code: str
    label: str
    type: EventType
    type_older: EventType
    mode: str | None
    goldstein: float


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the lexicon: a verb, event noun or adjective in a frame, and the CAMEO code that it means.

    ``particle``, ``preposition`` and ``object`` (an object class) are conditions; an empty one asks for nothing.
    """

    lemma: str
    pos: str
    particle: str
    preposition: str
    object: str
    type: str
    mode: str
    cameo: str


@dataclass(frozen=True, slots=True)
class Operator:
    """A word that turns the meaning of a phrase in its ``slot`` ("refuse to V", "call for N", "launch N")."""

    lemma: str
    pos: str
    particle: str
    slot: str
    operator: str


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of one table, by the names of its header; an empty cell is an empty string.

    :raises EventTableError: if a row has more or fewer cells than the header.

    >>> read_table("plover.tsv")[0]["type"]
    'AGREE'
    """
    lines = files("kg.events").joinpath(name).read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            raise EventTableError(f"kg/events/{name}, line {number}: give it exactly the cells of the header")
    return rows


def cameo_codes() -> dict[str, CameoCode]:
    """All CAMEO codes that PLOVER keeps, by code.

    >>> cameo_codes()["163"].type, cameo_codes()["163"].goldstein
    ('SANCTION', -8.0)
    """
    return {
        row["code"]: CameoCode(
            code=row["code"],
            label=row["label"],
            type=_event_type(row["type"], row["code"]),
            type_older=_event_type(row["type_older"], row["code"]),
            mode=row["mode"] or None,
            goldstein=float(row["goldstein"]),
        )
        for row in read_table("cameo.tsv")
    }


def quad_classes() -> dict[EventType, Quad]:
    """The quad class of each PLOVER type.

    >>> quad_classes()["CONCEDE"]
    'verbal cooperation'
    """
    return {_event_type(row["type"], row["type"]): _quad(row["quad"]) for row in read_table("plover.tsv")}


def lexicon() -> list[Entry]:
    """All entries of the lexicon, in order of the file."""
    return [
        Entry(
            lemma=row["lemma"],
            pos=row["pos"],
            particle=row["particle"],
            preposition=row["preposition"],
            object=row["object"],
            type=row["type"],
            mode=row["mode"],
            cameo=row["cameo"],
        )
        for row in read_table("lexicon.tsv")
    ]


def operators() -> list[Operator]:
    """All operators, in order of the file."""
    return [
        Operator(row["lemma"], row["pos"], row["particle"], row["slot"], row["operator"])
        for row in read_table("operators.tsv")
    ]


def object_classes() -> dict[str, frozenset[str]]:
    """The classes of each noun ("tank" is among weapons); a noun with a modifier may have a row of its own."""
    return {row["noun"]: frozenset(row["classes"].split()) for row in read_table("object_classes.tsv")}


def compositions() -> dict[tuple[str, str], str]:
    """What an operator makes of a CAMEO code: by operator and beginning of the code, a code or "=" for the same."""
    return {(row["operator"], row["inner"]): row["cameo"] for row in read_table("composition.tsv")}


def event_of_code(code: CameoCode, quads: dict[EventType, Quad]) -> Event:
    """The event that a CAMEO code stands for."""
    return Event(type=code.type, quad=quads[code.type], cameo=code.code, goldstein=code.goldstein, mode=code.mode)


def _event_type(value: str, where: str) -> EventType:
    for known in EVENT_TYPES:
        if known == value:
            return known
    raise EventTableError(f"kg/events, {where}: {value!r} is no PLOVER type; use one of {', '.join(EVENT_TYPES)}")


def _quad(value: str) -> Quad:
    for known in QUADS:
        if known == value:
            return known
    raise EventTableError(f"kg/events/plover.tsv: {value!r} is no quad class; use one of {', '.join(QUADS)}")
