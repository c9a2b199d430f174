"""Actors that no source gives an item for: armed groups, agencies and organisations of Phoenix and UCDP, by local id.

Phoenix writes names in capitals with underscores and groups synonyms under a CAMEO code; UCDP has a short and a full
name. Names that a known organisation bears become its further names instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

from kg.actors.folding import fold, is_acronym, is_latin, skeleton
from kg.model import content_id
from kg.training.kb.countries import Atlas
from kg.training.kb.facts import AliasFact, EntityFact, Fact, rows, table

CODE = re.compile(r"\[(\S+)[^\]]*\]")
DATED = re.compile(r"\[\S*\s+[<>]?\d")
INFLECTED = frozenset(("of", "the", "and", "for", "in", "on", "de", "la", "del", "al", "el", "y", "et", "des", "du"))
PERSONS = re.compile(
    r"\b(official|spokes\w+|secretary|minister|justices?|chief|president|leaders?|chairman|director|members?|soldiers?"
    r"|troops|commander|general|ambassador|envoy|delegates?|candidates?|activists?|fighters|militants?|rebels?)\b"
)
DEMONYM = re.compile(r"^\w+(ians?|ese)$", re.IGNORECASE)
STATE_ORGAN = re.compile(r"^[A-Z]{3}(GOV|MIL|COP|SPY|LEG|JUD)")
ABBREVIATED = re.compile(r"^(\w\.)+$")
UCDP_GROUP = "1"  # formally organised non-state actors; the rest are governments, supporters and peoples
SHORT_NAME = 8  # a single word so short may be an acronym, and is kept in capitals
LONG_LIST = 4  # a longer list of synonyms holds other actors too
SHORT_ACRONYM = 5
ALIKE = 0.8
SOURCE = "phoenix-dictionaries"


@dataclass(slots=True)
class PhoenixActor:
    """An actor of the dictionaries: its name, the names written as its synonyms, its code, and notes after it."""

    name: str
    code: str = ""
    dated: bool = False
    synonyms: list[str] = field(default_factory=list[str])
    note: str = ""


def phoenix_actors(path: Path) -> Iterator[PhoenixActor]:
    """The actors of a dictionary file, each with the first code that follows it."""
    waiting: list[PhoenixActor] = []
    for line in path.read_text("utf8", errors="replace").splitlines():
        text, _, note = line.split("#")[0].partition(";")
        name = CODE.sub("", text).strip()
        code = CODE.search(text)
        if name.startswith("+") and waiting:
            waiting[-1].synonyms.append(written(name[1:]))
        elif name and "[" not in name:
            if waiting and waiting[-1].code:
                yield from waiting
                waiting = []
            waiting.append(PhoenixActor(written(name)))
        if code:
            for actor in waiting:
                actor.code = actor.code or code[1]
                actor.dated = actor.dated or bool(DATED.search(text))
                actor.note = actor.note or note.strip()
    yield from (actor for actor in waiting if actor.code)


def written(name: str) -> str:
    """A name of the dictionaries as articles write it.

    >>> written("FEDERAL_SECURITY_SERVICE_"), written("FSB_"), written("AL-INTIQAMI_AL-PAKISTANI_")
    ('Federal Security Service', 'FSB', 'Al-Intiqami Al-Pakistani')
    """
    words = name.strip(" _").replace("_", " ").split()
    if len(words) == 1 and len(words[0]) < SHORT_NAME:
        return words[0]
    titled = ["-".join(part.capitalize() for part in word.split("-")) for word in words]
    titled = [word.upper() if ABBREVIATED.match(word) else word for word in titled]
    return " ".join(w.lower() if i and w.lower() in INFLECTED else w for i, w in enumerate(titled))


def initials(name: str) -> str:
    """The initials of a name's words, without articles and prepositions.

    >>> initials("Commonwealth of Independent States")
    'CIS'
    """
    return "".join(word[0] for word in re.split(r"[ -]", name) if word and word.lower() not in INFLECTED).upper()


def local_id(name: str) -> str:
    """The id of an organisation without an item."""
    return "x" + content_id("entity", "organization", fold(name))


def name_key(name: str) -> str:
    """What two spellings of an organisation's name have in common.

    >>> name_key("Organisation for Co-operation") == name_key("Organization for Cooperation")
    True
    """
    return skeleton(fold(name).replace(" ", ""))


def known_organisation(names: Iterable[str], organisations: Mapping[str, str]) -> str | None:
    """The id of the organisation that bears one of the names; acronyms are no evidence, too many share them."""
    telling = (name_key(name) for name in names if len(name) >= SHORT_ACRONYM or not name.isupper())
    return next((organisations[key] for key in telling if key in organisations), None)


def phoenix_facts(kb: Path, atlas: Atlas, organisations: Mapping[str, str]) -> Iterator[Fact]:
    """Armed groups, intergovernmental organisations and organs of states.

    :param organisations: the id of each :func:`name_key` that is known already.
    """
    words = frozenset(row["word"] for row in table("organisation_words.csv"))
    for file, salience in (("MilNonState", 0.3), ("International", 0.5), ("Countries", 0.45)):
        for actor in phoenix_actors(kb / "phoenix-dictionaries" / f"Phoenix.{file}.actors.txt"):
            if actor.dated or "CountryInfo" in actor.note:
                continue
            stated = (actor.name, *actor.synonyms, actor.note.split(";")[0])
            known = known_organisation(stated, organisations)
            if known is None and not is_organisation(actor, file, words):
                continue
            id = known or local_id(actor.name)
            if known is None:
                country = actor.code[:3] if actor.code[:3] in atlas.countries else None
                yield EntityFact(id, "organization", actor.name, SOURCE, country=country, salience=salience)
            for name in synonyms(actor, known=known is not None, file=file, words=words):
                yield AliasFact(id, name, "acronym" if name.isupper() else "alternative", SOURCE)


def is_organisation(actor: PhoenixActor, file: str, words: frozenset[str]) -> bool:
    """Whether an entry names an organisation of interest rather than a person, a company or an office."""
    name = fold(actor.name).split()
    if PERSONS.search(fold(actor.name)) or not words.intersection(name):
        return False
    match file:
        case "MilNonState":
            return len(name) > 1
        case "International":
            return len(name) > 2 and actor.code.startswith("IGO")
        case _:
            return len(name) > 2 and bool(STATE_ORGAN.match(actor.code))


def synonyms(actor: PhoenixActor, *, known: bool, file: str, words: frozenset[str]) -> list[str]:
    """The names that are the same actor's; the dictionaries also list its people, its parts and its offices there."""
    acronyms = [name for name in actor.synonyms if name.isupper() and " " not in name and len(name) > 2]
    if file == "Countries":
        return acronyms if not known and len(actor.synonyms) < LONG_LIST else []
    alike = [name for name in (actor.name, *actor.synonyms) if _alike(name, actor.name)]
    named = [name for name in actor.synonyms if words.intersection(fold(name).split()) and not known]
    spelled = {initials(name) for name in (actor.name, *actor.synonyms)}
    return [
        name
        for name in dict.fromkeys((*alike, *named, *(a for a in acronyms if a in spelled or not known)))
        if is_latin(name) and not PERSONS.search(fold(name))
    ]


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, name_key(one), name_key(other), autojunk=False).ratio() >= ALIKE


def metonym_facts(kb: Path, atlas: Atlas) -> Iterator[Fact]:
    """The seats of government that stand for a country, by the code that Phoenix gives them."""
    seats = {
        fold(row["name"]): row
        for row in rows(kb / "actor-crosscheck" / "actors.tsv", delimiter="\t")
        if row["group"] == "metonym"
    }
    for actor in phoenix_actors(kb / "phoenix-dictionaries" / "Phoenix.Countries.actors.txt"):
        country = atlas.countries.get(actor.code[:3])
        if country is None or not STATE_ORGAN.match(actor.code):
            continue
        names = {re.sub(r"^number 10 ", "", fold(name)) for name in (actor.name, *actor.synonyms)}
        for name in sorted(names & set(seats)):
            label = re.sub("^The ", "", seats[name]["name"])
            yield AliasFact(country.id, label, "government metonym", SOURCE)
            yield EntityFact(seats[name]["qid"], "place", seats[name]["name"], SOURCE, country=country.iso3)


def missing_demonyms(kb: Path, atlas: Atlas, named: Iterable[Fact]) -> Iterator[Fact]:
    """Demonyms that Phoenix lists among the names of a country for which the factbook has none."""
    have = {fact.entity for fact in named if isinstance(fact, AliasFact) and fact.type == "demonym"}
    for actor in phoenix_actors(kb / "phoenix-dictionaries" / "Phoenix.Countries.actors.txt"):
        country = atlas.countries.get(actor.code)
        if country is None or country.id in have or fold(actor.name) != fold(country.name):
            continue
        for name in actor.synonyms:
            if name[:4] == country.name[:4] and DEMONYM.search(name):
                yield AliasFact(country.id, name, "demonym", SOURCE)


def is_name(name: str) -> bool:
    """Whether an entry of UCDP is a name rather than a description such as "Military faction (forces of ...)"."""
    described = "(" in name or name.startswith(("Forces of", "Supporters of", "Civilians")) or name == "n/a"
    return len(name) > 1 and is_latin(name) and not described


def ucdp_facts(kb: Path, organisations: Mapping[str, str]) -> Iterator[Fact]:
    """Armed groups that have fought since 1946, by short and full English name."""
    for row in rows(kb / "ucdp-actor" / "ucdp-actor-221.csv"):
        if row["Org"] != UCDP_GROUP or "," in row["NameData"]:
            continue
        columns = ("NameData", "NewName", "NameOrigFullEng", "NewNameFullEng")
        names = [name for name in dict.fromkeys(row[column].strip() for column in columns) if is_name(name)]
        if not names:
            continue
        label = next((name for name in names if not name.isupper()), names[0])
        known = known_organisation(names, organisations)
        id = known or local_id(label)
        if known is None:
            yield EntityFact(id, "organization", label, "ucdp-actor", salience=0.3)
        for name in names:
            yield AliasFact(id, name, "acronym" if is_acronym(name) else "alternative", "ucdp-actor")
