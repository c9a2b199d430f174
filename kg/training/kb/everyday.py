"""Everyday names: what news calls states, groups, bodies and regions, and those that no other source has.

``everyday_names.csv`` has a row an entity. With an item and no kind, the row adds names to an entity that another
source describes; otherwise it describes one, by the item that the named source gives, or by a local id where no source
has an item.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from kg.actors.folding import fold, is_acronym
from kg.model import Kind, content_id
from kg.training.kb.facts import AliasFact, EntityFact, Fact, person_id, table
from kg.training.kb.groups import local_id

SOURCE = "kg"


def everyday_facts() -> Iterator[Fact]:
    """The entities and names of the table."""
    for row in table("everyday_names.csv"):
        id = row["id"] or _id(row["kind"], row["label"], row["country"])
        if row["kind"]:
            yield EntityFact(
                id,
                cast(Kind, row["kind"]),
                row["label"],
                row["source"],
                country=row["country"] or None,
                salience=float(row["salience"]),
            )
        for name in filter(None, row["names"].split("|")):
            yield AliasFact(id, name, "acronym" if is_acronym(name) else "alternative", SOURCE)


def _id(kind: str, label: str, country: str) -> str:
    if kind == "organization":
        return local_id(label)
    return person_id(label, country) if kind == "person" else "x" + content_id("entity", kind, fold(label), country)


def united_nations_names(named: Iterator[Fact] | list[Fact]) -> Iterator[AliasFact]:
    """ "UN" and "U.N." in place of "United Nations" at the start of a name, and the other way round."""
    forms = ("United Nations ", "UN ", "U.N. ")
    for fact in named:
        name = fact.label if isinstance(fact, EntityFact) else fact.alias if isinstance(fact, AliasFact) else ""
        id = fact.id if isinstance(fact, EntityFact) else fact.entity if isinstance(fact, AliasFact) else ""
        written = next((form for form in forms if name.startswith(form)), None)
        if written is not None:
            for form in forms:
                if form != written:
                    yield AliasFact(id, form + name.removeprefix(written), "alternative", SOURCE)
