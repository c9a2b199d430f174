"""A thousand spellings of a hundred leaders and countries, made by rule: nearly all found, none taken for another."""

from __future__ import annotations

import random

import pytest

from kg.actors.knowledge_base import KnowledgeBase
from kg.actors.linking import Context, Linker, Name
from kg.actors.lookups import Lookups
from kg.actors.words import titles

PEOPLE, COUNTRIES, VARIANTS = 50, 50, 10
RESPELLED = (  # as transliterations differ
    ("ei", "ey"), ("ey", "ei"), ("iy", "y"), ("kh", "h"), ("gh", "g"), ("ou", "u"), ("oo", "u"), ("ph", "f"),
    ("q", "k"),
    ("ck", "k"), ("x", "ks"), ("w", "v"), ("v", "w"), ("z", "s"), ("y", "i"), ("ll", "l"), ("ss", "s"), ("nn", "n"),
    ("i", "y"),
)  # fmt: skip
ACCENTS = str.maketrans("aeiouncsz", "áéíóúñčšž")


@pytest.fixture(scope="module")
def base():
    return KnowledgeBase.load()


def leaders(base):
    """The best known people of full name who hold an office since 2021, one of each name."""
    rows = base._database.execute(
        "select distinct e.id, e.label, e.salience from entities e join offices o on o.person = e.id"
        " where e.kind = 'person' and o.role in ('head of state', 'head of government', 'foreign minister')"
        " and o.start >= '2018' order by e.salience desc, e.id"
    )
    plain = [row for row in rows if len(row[1].split()) == 2 and row[1].isascii() and not row[1].endswith("II")]
    return [(id, label, "PERSON") for id, label, _ in plain][:PEOPLE]


def countries(base):
    rows = base._database.execute(
        "select id, label from entities where kind = 'country' order by salience desc, id limit ?", (COUNTRIES,)
    )
    return [(id, label, "GPE") for id, label in rows]


def variants(label, person, chance):
    """Ten spellings of a name."""
    first, _, last = label.partition(" ")
    made = [label, label.upper(), label.translate(ACCENTS), label.replace(" ", "\n"), f"{label}’s"]
    if person:
        title = chance.choice(sorted(t for t in titles() if len(t) > 2)).title()
        made += [f"{last}, {first}", f"{last} {first}", f"{title} {label}", f"{first} {chance.choice('ABDM')}. {last}"]
    else:
        made += [f"the {label}", label.title(), f"{label}'s", label.replace(" ", "-")]
    possible = [label.replace(one, other) for one, other in RESPELLED if one in label[1:]]
    return [*made, *possible, *(name.lower().title() for name in made)][:VARIANTS]


def test_a_thousand_spellings(base):
    from kg.actors.clusters import plain_name
    from kg.actors.folding import fold

    chance = random.Random(0)
    linker = Linker(Lookups(base), Context(date="2022-02-01"))
    wanted = [*leaders(base), *countries(base)]
    assert len(wanted) == PEOPLE + COUNTRIES
    found = wrong = 0
    failures = []
    for id, label, kind in wanted:
        for spelling in variants(label, kind == "PERSON", chance):
            name = plain_name(spelling)
            words = name.split()
            bare = " ".join(words[1:]) if len(words) > 2 and fold(words[0]) in titles() else name
            linker.context.countries[base.entity(id).country] = 1
            link = linker.link(Name((bare,), kind), article="a")
            linker.context.countries.clear()
            found += link.entity.id == id
            wrong += link.linked and link.entity.id != id
            if link.entity.id != id:
                failures.append((spelling, link.entity.name if link.linked else None))
    assert wrong == 0, failures
    assert found >= 0.97 * len(wanted) * VARIANTS, (found, failures)
