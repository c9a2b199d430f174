"""International organisations, their members, government bodies, parties and companies."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from kg.actors.folding import fold, is_acronym, is_latin
from kg.errors import KnowledgeBaseError
from kg.model import Kind, content_id
from kg.training.kb.countries import Atlas, dig
from kg.training.kb.facts import AliasFact, EntityFact, Fact, MembershipFact, rows, table

CROSSCHECK_KINDS: dict[str, tuple[Kind, float]] = {
    "armed": ("organization", 0.75),
    "agency": ("organization", 0.75),
    "metonym": ("place", 0.7),
    "military": ("organization", 0.7),
    "official": ("person", 0.75),
    "grouping": ("organization", 0.85),
    "region": ("place", 0.7),
    "company": ("organization", 0.6),
    "news": ("organization", 0.6),
}
PLACE_CATEGORIES = ("flags/",)
UNITED_NATIONS_PREFIX = re.compile(r"^UN (?=[A-Z])")
PARTIAL_MEMBER = re.compile(r"\((?!members?\)|permanent|nonpermanent)")


def international_facts(kb: Path) -> Iterator[Fact]:
    """Intergovernmental organisations and their bodies."""
    for row in rows(kb / "opensanctions-igo" / "igo.tsv", delimiter="\t"):
        if not row["type"].startswith("IntlOrg"):
            continue
        salience = 0.9 if row["type"].endswith("zz") else 0.85
        yield EntityFact(row["qid"], "organization", row["label"], "opensanctions-igo", salience=salience)
        for alias in row["aliases"].split("|"):
            if is_latin(alias):
                yield AliasFact(row["qid"], alias, alias_type(alias), "opensanctions-igo")
        initials = acronym_of(row["label"])
        if initials and not is_acronym(row["label"]):
            yield AliasFact(row["qid"], initials, "acronym", "opensanctions-igo")


def alias_type(name: str) -> str:
    """The sort of a further name, by its spelling."""
    return "acronym" if is_acronym(name) else "alternative"


def acronym_of(name: str) -> str | None:
    """The capital initials of a name's words, when there are three or more, and two for a union or for nations.

    >>> acronym_of("Organization for Security and Co-operation in Europe"), acronym_of("European Union")
    ('OSCE', 'EU')
    >>> acronym_of("NATO"), acronym_of("Council of Europe")
    (None, None)
    """
    initials = "".join(word[0] for word in name.split() if word[:1].isupper())
    short = len(initials) == 2 and name.endswith((" Union", " Nations"))
    return initials if 3 <= len(initials) <= 6 or short else None


def crosscheck_facts(kb: Path) -> Iterator[Fact]:
    """Actors whose item several sources agree on."""
    for row in rows(kb / "actor-crosscheck" / "actors.tsv", delimiter="\t"):
        kind, salience = CROSSCHECK_KINDS[row["group"]]
        salience += 0.02 * min(int(row["n_sources"]), 5)
        yield EntityFact(row["qid"], kind, row["name"], "actor-crosscheck", salience=round(salience, 3))


def picked_facts(kb: Path) -> Iterator[Fact]:
    """Parliaments, ministries, continents, seas and newspapers, picked by hand from tables of items and labels.

    :raises KnowledgeBaseError: if a pick's label is not the one that its source has for the item.
    """
    files = {"elevant": kb / "elevant" / "labels.tsv", "pat-questions": kb / "pat-questions" / "entities.tsv"}
    stated = {
        source: {row["qid"]: row["label"] for row in rows(path, delimiter="\t")} for source, path in files.items()
    }
    for pick in table("picks.csv"):
        if fold(stated[pick["source"]].get(pick["id"], "")) != fold(pick["label"]):
            raise KnowledgeBaseError(f"picks.csv: {pick['source']} does not call {pick['id']} {pick['label']!r}")
        kind, country, salience = cast(Kind, pick["kind"]), pick["country"] or None, float(pick["salience"])
        yield EntityFact(pick["id"], kind, pick["label"], pick["source"], country=country, salience=salience)


def government_body_facts(kb: Path, atlas: Atlas) -> Iterator[Fact]:
    """Ministries, agencies, courts and institutes of the Research Organization Registry."""
    by_alpha2 = {row["ISO3166-1-Alpha-2"]: iso3 for iso3, row in atlas.codes.items()}
    with (kb / "ror" / "ror_government_qid.jsonl").open(encoding="utf8") as file:
        records = [json.loads(line) for line in file]
    for record in sorted(records, key=lambda record: (record["qid"], record["ror"])):
        names = [(name, kinds) for name, language, kinds in record["names"] if language in (None, "en")]
        label = next((name for name, kinds in names if "label" in kinds), record["name"])
        if not is_latin(label):
            continue
        yield EntityFact(record["qid"], "organization", label, "ror", country=by_alpha2.get(record["cc"]), salience=0.3)
        for name, kinds in names:
            if is_latin(name):
                yield AliasFact(record["qid"], name, "acronym" if "acronym" in kinds else "alternative", "ror")


def party_facts(kb: Path) -> Iterator[Fact]:
    """Political parties with an item, by English name, short name and native name."""
    years = {row["partyfacts_id"]: row for row in rows(kb / "partyfacts" / "partyfacts-core-parties.csv")}
    for row in rows(kb / "partyfacts" / "wikidata.csv"):
        if not row["wikidata_id"] or not is_latin(row["name"]):
            continue
        item = row["wikidata_id"]
        active = years.get(row["partyfacts_id"], {})
        yield EntityFact(
            item,
            "organization",
            row["name"],
            "partyfacts",
            country=row["country"],
            valid_from=active.get("year_first") or None,
            valid_to=active.get("year_last") or None,
            salience=0.35,
        )
        if is_acronym(row["name_short"]):
            yield AliasFact(item, row["name_short"], "acronym", "partyfacts")
        if is_latin(row["name_native"]) and " " in row["name_native"]:
            yield AliasFact(item, row["name_native"], "alternative", "partyfacts")


def company_facts(kb: Path) -> Iterator[Fact]:
    """Operators and brands: police forces, armies, ministries, banks, energy, telecoms, arms and electronics makers."""
    for row in rows(kb / "name-suggestion-index" / "entities.tsv", delimiter="\t"):
        if row["category"].startswith(PLACE_CATEGORIES) or not is_latin(row["label"]) or len(row["label"]) < 3:
            continue
        yield EntityFact(row["qid"], "organization", row["label"], "name-suggestion-index", salience=0.2)
        for alias in row["aliases"].split("|"):
            if is_latin(alias) and len(alias) > 2:
                yield AliasFact(row["qid"], alias, alias_type(alias), "name-suggestion-index")


def membership_facts(atlas: Atlas, organisations: dict[str, str]) -> Iterator[Fact]:
    """Full memberships of countries from the factbook; an organisation without an item gets a local id.

    :param organisations: the id of each acronym and each folded name that is known.
    """
    local: dict[str, str] = {}
    for iso3, country in atlas.countries.items():
        listed = dig(country.factbook, "Government", "International organization participation")
        for entry in re.split(r",\s*(?![^(]*\))", listed.rpartition(": ")[2]):
            name = UNITED_NATIONS_PREFIX.sub("United Nations ", re.sub(r"\s*\(.*", "", entry).strip())
            if name in ("", "none") or PARTIAL_MEMBER.search(entry) or not country.sovereign:
                continue
            name = name.replace("G- ", "G-")
            if atlas.decisions.get((iso3, "not a member of")) == name:
                continue
            id = organisations.get(name) or organisations.get(fold(name))
            if id is None:
                id = local.setdefault(name, "x" + content_id("entity", "organization", fold(name)))
            yield MembershipFact(iso3, id, "factbook")
            if is_acronym(name):
                yield AliasFact(id, name, "acronym", "factbook")
    for name, id in sorted(local.items()):
        if len(name) > 2:
            yield EntityFact(id, "organization", name, "factbook", salience=0.5)
