"""Corrections by hand: two actors that are one, one that is two, a better name; applied in every rebuild.

They lie in ``corrections.csv`` in the folder of a graph, a row each, to be read and edited by anyone: ``merge`` makes
the mentions of ``entity`` those of ``into``, ``split`` gives the mentions of ``entity`` in ``article`` to an actor of
their own (``into``), and ``rename`` gives ``entity`` the name ``name``. Splits come before merges, names last. An
entity that a later build no longer makes is passed over; the row stays, for another build may make it again.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Literal, cast, get_args

from kg.errors import LedgerError
from kg.model import Argument, Claim, Entity, Mention, Participant, Record, content_id

FILE = "corrections.csv"
Action = Literal["merge", "split", "rename"]
BY_HAND = "by hand"


@dataclass(frozen=True, slots=True)
class Correction:
    """One row: what is done to the entity of an id, and the names that the row is read by."""

    action: Action
    entity: str
    entity_name: str = ""
    into: str = ""
    article: str = ""
    name: str = ""


COLUMNS = tuple(field.name for field in fields(Correction))


def read_corrections(folder: str | Path) -> tuple[Correction, ...]:
    """The corrections of a graph's folder, in the order in which they were made; none where there is no table.

    :raises LedgerError: naming the row, if the table is not as it should be.
    """
    path = Path(folder) / FILE
    if not path.is_file():
        return ()
    with path.open(encoding="utf-8-sig", newline="") as file:
        return tuple(_correction(row, f"{path}, row {number}") for number, row in enumerate(csv.DictReader(file), 2))


def _correction(row: Mapping[str | None, str | None], where: str) -> Correction:
    values = {column: (row.get(column) or "").strip() for column in COLUMNS}
    if values["action"] not in get_args(Action):
        raise LedgerError(f"{where} has the action {values['action']!r}: use one of {', '.join(get_args(Action))}")
    needed = {"merge": ("entity", "into"), "split": ("entity", "into", "article"), "rename": ("entity", "name")}
    for column in needed[values["action"]]:
        if not values[column]:
            raise LedgerError(f"{where} has no {column}: a {values['action']} needs it")
    return Correction(cast(Action, values.pop("action")), **values)


def write_corrections(folder: str | Path, corrections: Iterable[Correction]) -> None:
    """Write the table anew.

    :raises LedgerError: if the folder cannot be written to.
    """
    path = Path(folder) / FILE
    try:
        with path.open("w", encoding="utf8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            writer.writerows([getattr(one, column) for column in COLUMNS] for one in corrections)
    except OSError as error:
        raise LedgerError(f"{path} cannot be written to ({error.strerror}): get permission, or make room") from error


def split_id(entity: str, article: str) -> str:
    """The id of the actor that takes the mentions of an entity in one article."""
    return "x" + content_id("split", entity, article)


@dataclass(slots=True)
class _Applied:
    """The corrections as they are looked up: by id and article, by id, and the names given."""

    split: dict[tuple[str, str], Correction] = field(default_factory=dict[tuple[str, str], Correction])
    merged: dict[str, str] = field(default_factory=dict[str, str])
    names: dict[str, str] = field(default_factory=dict[str, str])
    known: dict[str, Entity] = field(default_factory=dict[str, Entity])

    def id(self, entity: str, article: str) -> str:
        """The id that stands in place of one, through any number of merges."""
        split = self.split.get((entity, article))
        found = split.into if split is not None else entity
        seen = {found}
        while (into := self.merged.get(found)) is not None and into not in seen:
            found = into
            seen.add(into)
        return found


def corrected(records: Iterable[Record], corrections: Iterable[Correction]) -> Iterator[Record]:
    """The records of some articles with corrections applied; as they are, where there are none."""
    made = tuple(corrections)
    if not made:
        yield from records
        return
    applied = _Applied()
    for one in made:
        if one.action == "split":
            applied.split[one.entity, one.article] = one
        elif one.action == "merge":
            applied.merged[one.entity] = one.into
        else:
            applied.names[one.entity] = one.name
    kept = list(records)
    for record in kept:
        for entity in record.entities:
            applied.known.setdefault(entity.id, entity)
    yield from (_record(record, applied) for record in kept)


def _record(record: Record, applied: _Applied) -> Record:
    article = record.article.id
    entities = {entity.id: entity for entity in (_entity(entity, article, applied) for entity in record.entities)}
    for old in record.entities:  # the names under which the article has what was merged
        new = entities[applied.id(old.id, article)]
        if old.id != new.id:
            entities[new.id] = replace(new, names=tuple(sorted({*new.names, *old.names, old.name})))
    return replace(
        record,
        entities=tuple(entities[id] for id in sorted(entities)),
        mentions=tuple(_mention(mention, applied) for mention in record.mentions),
        claims=tuple(_claim(claim, applied) for claim in record.claims),
    )


def _entity(entity: Entity, article: str, applied: _Applied) -> Entity:
    id = applied.id(entity.id, article)
    split = applied.split.get((entity.id, article))
    if split is not None and id == split.into:
        entity = replace(entity, id=id, name=split.name or entity.name, wikidata=None)
    elif id != entity.id:
        known = applied.known.get(id)
        entity = known if known is not None else replace(entity, id=id, wikidata=id if id.startswith("Q") else None)
    links = {name: value and applied.id(value, article) for name in LINKS if (value := getattr(entity, name))}
    entity = replace(entity, **links)
    if id not in applied.names:
        return entity
    return replace(entity, name=applied.names[id], names=tuple(sorted({*entity.names, entity.name, applied.names[id]})))


LINKS = ("country", "part_of")


def _mention(mention: Mention, applied: _Applied) -> Mention:
    id = applied.id(mention.entity, mention.article)
    if id == mention.entity:
        return mention
    done = "split from" if (mention.entity, mention.article) in applied.split else "merged"
    known = applied.known.get(mention.entity)
    was = known.name if known is not None else mention.entity
    return replace(mention, entity=id, reason=f"{done} {was} {BY_HAND}; {mention.reason}")


def _claim(claim: Claim, applied: _Applied) -> Claim:
    source = claim.source
    if source is not None and source.entity is not None:
        id = applied.id(source.entity, claim.article)
        source = replace(source, entity=id, name=_name(id, source.name or "", applied) or source.name)
    return replace(
        claim,
        subject=_participant(claim.subject, claim.article, applied),
        object=_participant(claim.object, claim.article, applied) if claim.object is not None else None,
        source=source,
        arguments=tuple(_argument(argument, claim.article, applied) for argument in claim.arguments),
    )


def _participant(part: Participant, article: str, applied: _Applied) -> Participant:
    id = applied.id(part.entity, article)
    known = applied.known.get(id)
    kind = known.kind if known is not None else part.kind
    return replace(part, entity=id, name=_name(id, part.name, applied), kind=kind)


def _argument(argument: Argument, article: str, applied: _Applied) -> Argument:
    return replace(argument, entity=applied.id(argument.entity, article)) if argument.entity else argument


def _name(id: str, otherwise: str, applied: _Applied) -> str:
    if id in applied.names:
        return applied.names[id]
    known = applied.known.get(id)
    return known.name if known is not None else otherwise
