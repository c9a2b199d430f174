"""Build the offline knowledge base of actors and places from public sources.

    python -m kg.training kb ../shared/data kg/actors/data

Each source is read into facts (:mod:`kg.training.kb.facts`), in order of precedence. They are joined, and a
contradiction that ``kb/decisions.csv`` does not settle fails the build. Names that are ordinary words, or that a much
better known actor bears, are left out. The result is one file, the same bytes for the same sources.

    python -m kg.training kb ../shared/data knowledge --share-alike

writes what sources under share-alike licences add, as a table for ``--kb``; it does not come with the package.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from kg.actors.folding import fold, is_acronym
from kg.training.kb import share_alike
from kg.training.kb.countries import Atlas, country_facts, decided, dig, family_name_first, refused
from kg.training.kb.everyday import everyday_facts, united_nations_names
from kg.training.kb.facts import AliasFact, EntityFact, Fact, rows
from kg.training.kb.forces import armed_group_facts, force_facts
from kg.training.kb.gates import Gate, common_words
from kg.training.kb.groups import initials, metonym_facts, missing_demonyms, name_key, phoenix_facts, ucdp_facts
from kg.training.kb.merge import Tables, merge
from kg.training.kb.organisations import (
    company_facts,
    crosscheck_facts,
    government_body_facts,
    international_facts,
    membership_facts,
    party_facts,
    picked_facts,
)
from kg.training.kb.people import cabinet_facts, congress_facts, leader_facts, world_facts
from kg.training.kb.places import capital_facts, city_facts, region_facts, town_facts, water_facts
from kg.training.kb.recent import recent_facts
from kg.training.kb.store import write
from kg.training.kb.surnames import surname_rows
from kg.training.kb.treebank_names import treebank_facts

FILE = "knowledge_base.sqlite.z"


def build(data: Path, output: Path) -> Path:
    """Derive the knowledge base from the sources and write it as one file.

    :param data: the folder with ``kb/`` and ``treebank/``.
    :param output: the folder that the file goes to.
    :return: the file.
    :raises KnowledgeBaseError: if a source is missing, or sources contradict each other and no decision settles it.
    """
    atlas = Atlas(data / "kb", decided())
    tables = all_tables(data, atlas)
    people = (entity for entity in tables.entities.values() if entity.kind == "person")
    surnames = surname_rows(people, family_first=family_name_first(atlas))
    return write(tables, surnames=surnames, leaders=leading_roles(atlas), output=output / FILE)


def build_share_alike(data: Path, output: Path) -> Path:
    """Write what sources under share-alike licences add as a table of names (:mod:`kg.training.kb.share_alike`).

    The parameters are those of :func:`build`, whose file the table extends.

    :return: the table.
    :raises KnowledgeBaseError: if a source is missing, or sources contradict each other and no decision settles it.
    """
    kb = data / "kb"
    base = all_tables(data, Atlas(kb, decided()))
    common = common_words(data / "treebank")
    return share_alike.write(kb, base, common=common, labels=english_labels(kb), output=output / share_alike.FILE)


def all_tables(data: Path, atlas: Atlas) -> Tables:
    """The joined facts of every source, without names that are too common."""
    common = common_words(data / "treebank")
    facts = [*all_facts(atlas.kb, atlas), *treebank_facts(data)]
    facts += recent_facts(atlas.kb, atlas, facts)
    facts += town_facts(atlas, facts, common)
    tables = merge(facts, decisions=atlas.decisions, labels=english_labels(atlas.kb))
    return gated(tables, common)


def all_facts(kb: Path, atlas: Atlas) -> Iterator[Fact]:
    """The facts of every source, in order of precedence, memberships last because they refer to organisations."""
    named = [
        *country_facts(atlas),
        *everyday_facts(),
        *crosscheck_facts(kb),
        *international_facts(kb),
        *picked_facts(kb),
    ]
    named += list(united_nations_names(named))
    yield from named
    yield from missing_demonyms(kb, atlas, named)
    yield from region_facts(atlas)
    yield from capital_facts(atlas)
    yield from city_facts(atlas)
    yield from congress_facts(kb, atlas)
    yield from cabinet_facts(kb, atlas)
    yield from world_facts(kb, atlas)
    yield from leader_facts(kb, atlas)
    yield from water_facts(atlas)
    bodies = list(government_body_facts(kb, atlas))
    yield from bodies
    yield from party_facts(kb)
    yield from company_facts(kb)
    yield from metonym_facts(kb, atlas)
    names = organisation_names([*named, *bodies])
    known = {name_key(name): id for name, id in reversed(names.items()) if not is_acronym(name) and len(name) > 4}
    groups = [*phoenix_facts(kb, atlas, known), *ucdp_facts(kb, known)]
    yield from groups
    known |= {
        name_key(name): id
        for name, id in reversed(organisation_names(groups).items())
        if not is_acronym(name) and name_key(name) not in known
    }
    yield from force_facts(kb, atlas, known)
    yield from armed_group_facts(kb, known)
    yield from membership_facts(atlas, known_by_initials([*named, *bodies, *groups]))


def organisation_names(facts: Iterable[Fact]) -> dict[str, str]:
    """The organisation that each acronym and folded name means, the first one stated."""
    facts = list(facts)
    organisations = {fact.id for fact in facts if isinstance(fact, EntityFact) and fact.kind == "organization"}
    names: dict[str, str] = {}
    for fact in facts:
        match fact:
            case EntityFact() if fact.id in organisations:
                names.setdefault(fold(fact.label), fact.id)
                names.setdefault(fact.label, fact.id)
            case AliasFact() if fact.entity in organisations:
                names.setdefault(fact.alias if fact.type == "acronym" else fold(fact.alias), fact.entity)
            case _:
                pass
    return names


def known_by_initials(facts: Iterable[Fact]) -> dict[str, str]:
    """As :func:`organisation_names`, with the initials of international organisations that share them with no other."""
    facts = list(facts)
    spelled: dict[str, set[str]] = defaultdict(set)
    for fact in facts:
        if isinstance(fact, EntityFact) and fact.kind == "organization" and not fact.country:
            spelled[initials(fact.label)].add(fact.id)
    return {name: min(ids) for name, ids in sorted(spelled.items()) if len(ids) == 1} | organisation_names(facts)


def english_labels(kb: Path) -> dict[str, str]:
    """The English Wikidata label of many items."""
    return {row["qid"]: row["label"] for row in rows(kb / "elevant" / "labels.tsv", delimiter="\t")}


def gated(tables: Tables, common: frozenset[str]) -> Tables:
    """The tables without names that are too common."""
    gate = Gate.of(tables.entities, tables.aliases, common, refused())
    return replace(tables, aliases=[alias for alias in tables.aliases if gate.admits(alias)])


def leading_roles(atlas: Atlas) -> Mapping[str, str]:
    """Whether the head of state or of government leads each country, by the factbook's type of government."""
    leaders: dict[str, str] = {}
    for iso3, country in atlas.countries.items():
        type = dig(country.factbook, "Government", "Government type").lower()
        if type:
            leads = "parliamentary" in type or "constitutional monarchy" in type
            leaders[iso3] = "head of government" if leads else "head of state"
    return leaders
