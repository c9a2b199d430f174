"""Joins the facts of all sources: one row an entity, one row a name, one row a term, and no silent conflict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import cast

from kg.actors.folding import fold
from kg.errors import KnowledgeBaseError
from kg.model import Kind
from kg.training.kb.facts import AliasFact, EntityFact, Fact, MembershipFact, OfficeFact, table

# Sources whose labels are native, brand or Portuguese names; another source's English label replaces theirs.
WEAK_LABELS = frozenset({"geografia", "ror", "name-suggestion-index"})
# Sources of operators and funders, among them cities: what they are is known better from any other source.
WEAK_KINDS = frozenset({"ror", "name-suggestion-index"})
SINGULAR = frozenset({"head of state", "head of government", "foreign minister", "defence minister"})
HEADS = frozenset({"head of state", "head of government"})
ALIAS_ORDER = ("label", "acronym", "demonym", "alternative", "capital metonym", "government metonym")
METONYMS = frozenset({"capital metonym", "government metonym"})


@dataclass(slots=True)
class Tables:
    """The joined facts, ready to be written."""

    entities: dict[str, EntityFact] = field(default_factory=dict)
    aliases: list[AliasFact] = field(default_factory=list)
    offices: list[OfficeFact] = field(default_factory=list)
    memberships: list[MembershipFact] = field(default_factory=list)


def merge(facts: Iterable[Fact], *, decisions: Mapping[tuple[str, str], str], labels: Mapping[str, str]) -> Tables:
    """Join facts given in order of precedence.

    :param decisions: the value decided on for a subject and a field ("kind", "label").
    :param labels: English labels, for entities that only sources with weak labels name.
    :raises KnowledgeBaseError: if sources disagree on the kind of an entity and no decision says which is right.
    """
    stated: dict[str, list[EntityFact]] = defaultdict(list)
    tables = Tables()
    aliases: list[AliasFact] = []
    for fact in facts:
        match fact:
            case EntityFact():
                stated[fact.id].append(fact)
            case AliasFact():
                aliases.append(fact)
            case OfficeFact():
                tables.offices.append(fact)
            case MembershipFact():
                tables.memberships.append(fact)
    tables.entities = {id: join_entity(stated[id], decisions, labels) for id in sorted(stated)}
    check_kinds(stated, decisions)
    tables.aliases = join_aliases(stated, tables.entities, aliases)
    tables.offices = join_offices(office for office in tables.offices if office.person in tables.entities)
    tables.memberships = sorted(set(tables.memberships), key=lambda m: (m.organisation, m.country, m.source))
    return tables


def check_kinds(stated: Mapping[str, list[EntityFact]], decisions: Mapping[tuple[str, str], str]) -> None:
    """Refuse to guess what an entity is.

    :raises KnowledgeBaseError: naming every entity that two sources give different kinds, unless decided.
    """
    conflicts = [
        f"{id} ({', '.join(sorted({f'{fact.label}: {fact.kind} in {fact.source}' for fact in facts}))})"
        for id, facts in sorted(stated.items())
        if len({fact.kind for fact in facts if fact.source not in WEAK_KINDS}) > 1 and (id, "kind") not in decisions
    ]
    if conflicts:
        raise KnowledgeBaseError(f"sources disagree on kinds, decide in decisions.csv: {'; '.join(conflicts)}")


def join_entity(
    facts: list[EntityFact], decisions: Mapping[tuple[str, str], str], labels: Mapping[str, str]
) -> EntityFact:
    """One row from several: the first stated value of each field, and the highest salience plus a little a source."""
    first = facts[0]
    label = first.label
    if first.source in WEAK_LABELS:
        other = next((fact.label for fact in facts if fact.source not in WEAK_LABELS), first.label)
        label = labels.get(first.id, other)
    sources = {fact.source for fact in facts}
    return replace(
        first,
        kind=cast(Kind, decisions.get((first.id, "kind"), first.kind)),
        label=decisions.get((first.id, "label"), label),
        country=decisions.get((first.id, "country")) or home(facts),
        lat=next((fact.lat for fact in facts if fact.lat is not None), None),
        lon=next((fact.lon for fact in facts if fact.lon is not None), None),
        population=next((fact.population for fact in facts if fact.population), None),
        valid_from=next((fact.valid_from for fact in facts if fact.valid_from), None),
        valid_to=next((fact.valid_to for fact in facts if fact.valid_to), None),
        salience=round(min(1.0, max(fact.salience for fact in facts) + 0.02 * (len(sources) - 1)), 3),
    )


def home(facts: list[EntityFact]) -> str | None:
    """The country stated most often, among equals the one that makes the entity most salient: monarchs have several."""
    stated: dict[str, list[float]] = defaultdict(list)
    for fact in facts:
        if fact.country:
            stated[fact.country].append(fact.salience)
    return max(sorted(stated), key=lambda iso3: (len(stated[iso3]), max(stated[iso3])), default=None)


def join_aliases(
    stated: Mapping[str, list[EntityFact]], entities: Mapping[str, EntityFact], aliases: Iterable[AliasFact]
) -> list[AliasFact]:
    """Every name once an entity, labels first; a metonym gives way to any other use."""
    named = [AliasFact(id, entities[id].label, "label", entities[id].source) for id in sorted(entities)]
    named += [
        AliasFact(id, fact.label, "alternative", fact.source) for id, facts in sorted(stated.items()) for fact in facts
    ]
    named += sorted(
        (alias for alias in aliases if alias.entity in entities),
        key=lambda alias: (alias.entity, ALIAS_ORDER.index(alias.type), alias.alias, alias.source),
    )
    kept: dict[tuple[str, str], AliasFact] = {}
    for alias in named:
        name = " ".join(alias.alias.split())
        key = (alias.entity, fold(name) if alias.type != "acronym" else name.replace(".", ""))
        if key[1] and (key not in kept or kept[key].type in METONYMS):
            kept[key] = replace(alias, alias=name)
    return sorted(kept.values(), key=lambda alias: (alias.entity, alias.alias))


def join_offices(offices: Iterable[OfficeFact]) -> list[OfficeFact]:
    """Each term once: the same person in the same class of office from the same year is one term.

    A term that one source leaves open and another ends has ended.
    """
    terms: dict[tuple[str, ...], OfficeFact] = {}
    for office in _dated(offices):
        if office.start and office.end and office.end[: len(office.start)] < office.start[: len(office.end)]:
            continue
        title = "" if office.role in SINGULAR else fold(office.title)
        place = (office.country or "", office.organisation or "")
        key = (office.person, office.role, title, *place, (office.start or "")[:4])
        known = terms.get(key)
        terms[key] = office if known is None else join_terms(known, office)
    closed = close_terms(terms.values())
    order = ("country", "organisation", "role", "start", "person", "title", "end")
    return sorted(closed, key=lambda office: tuple(getattr(office, name) or "" for name in order))


def join_terms(known: OfficeFact, other: OfficeFact) -> OfficeFact:
    """One term from two: the title of the office rather than its class, finer dates, the latest knowledge."""
    title = other.title if known.title == known.role else known.title
    start, end = _finer(known.start, other.start), _finer(known.end, other.end)
    as_of = max(filter(None, (known.as_of, other.as_of)), default=None)
    return replace(known, title=title, start=start, end=end, as_of=as_of)


def _dated(offices: Iterable[OfficeFact]) -> Iterator[OfficeFact]:
    """Every term with the day up to which its source knows."""
    known = {row["name"]: row["as_of"] or None for row in table("sources.csv")}
    return (replace(office, as_of=office.as_of or known.get(office.source)) for office in offices)


def _finer(one: str | None, other: str | None) -> str | None:
    return other if other and other.startswith(one or "") else one


def close_terms(terms: Iterable[OfficeFact]) -> list[OfficeFact]:
    """End the open terms of heads of state and government when a successor begins.

    Sources were made in different years: one still has in office whom another has left it. Terms that begin in the
    same year are left open, because some offices are shared.
    """
    offices: dict[tuple[str | None, str | None, str], list[OfficeFact]] = defaultdict(list)
    for term in terms:
        offices[term.country, term.organisation, term.role].append(term)
    return [
        replace(term, end=_successor(term, holders)) if role in HEADS and term.start and not term.end else term
        for (_, _, role), holders in offices.items()
        for term in holders
    ]


def _successor(term: OfficeFact, holders: list[OfficeFact]) -> str | None:
    started = term.start or ""
    later = [h.start for h in holders if h.start and h.start[:4] > started[:4] and h.person != term.person]
    return min(later, default=None)
