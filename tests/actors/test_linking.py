# ruff: noqa: E501  a parsed sentence stays on one line
from __future__ import annotations

from collections import Counter

import pytest

from kg.actors.component import Actors
from kg.actors.groups import part_entity
from kg.actors.linking import Context, Linker, Name
from kg.actors.offices import StatedOffice
from kg.model import Article

PRESIDENT = StatedOffice("President", "BES", "Q2")


@pytest.mark.parametrize(
    ("name", "countries", "expected"),
    [
        (Name(("Arland",), "GPE"), set(), "Q1"),
        (Name(("NTO",), "ORG"), set(), "Q3"),
        (Name(("Arlish",), "DEMONYM"), set(), "Q1"),
        (Name(("Bese",), "DEMONYM"), set(), "Q2"),  # of two countries the better known
        # a capital is its country where it acts
        (Name(("Arvik",), "GPE", acts=True), set(), "Q1"),
        (Name(("Arvik",), "GPE"), set(), "Q6"),
        # people: a full name needs support when two bear it, a surname needs an office
        (Name(("Anna Berg",), "PERSON"), {"ARL"}, "Q4"),
        (Name(("Ivo Costa",), "PERSON"), {"ARL"}, "Q7"),
        (Name(("Ivo Costa",), "PERSON", offices=(PRESIDENT,)), {"ARL"}, "Q5"),
        (Name(("Costa",), "PERSON"), {"BES"}, None),
        (Name(("Costa",), "PERSON", offices=(PRESIDENT,)), {"BES"}, "Q5"),
        (Name(("Costa",), "PERSON", offices=(StatedOffice("President", "ARL", "Q1"),)), {"ARL"}, None),
        # labels that contradict, names that nobody bears
        (Name(("Anna Berg",), "GPE"), set(), None),
        (Name(("Nowhere",), "GPE"), set(), None),
    ],
)
def test_what_a_name_is_linked_to(lookups, name, countries, expected):
    link = Linker(lookups, Context("2022-02-01", Counter(countries))).link(name, article="a")
    assert link.entity.wikidata == expected
    assert link.linked == (expected is not None)
    assert 0.5 <= link.score <= 1.0


def test_unknown_names_get_an_entity_of_their_own(lookups):
    linker = Linker(lookups, Context())
    one, other = (linker.link(Name(("Jan Novak",), "PERSON"), article=a).entity for a in ("a", "b"))
    assert one == other and one.kind == "person" and one.id.startswith("x")


def test_a_lone_surname_stays_in_its_article(lookups):
    linker = Linker(lookups, Context())
    one, other = (linker.link(Name(("Novak",), "PERSON"), article=a).entity for a in ("a", "b"))
    assert one.id != other.id


def test_the_same_part_has_one_id_however_it_is_worded(lookups):
    nto = Linker(lookups, Context()).link(Name(("NTO",), "ORG"), article="a").entity
    one = part_entity("member", kind="group", text="NTO members", whole=nto)
    other = part_entity("member", kind="group", text="members of the NTO", whole=nto, qualities=())
    third = part_entity("member", kind="group", text="southern NTO members", whole=nto, qualities=("southern",))
    assert one.id == other.id != third.id


def test_capitals_act_or_are_places(parsed, resolved):
    acting = parsed("Arvik/NNP/nsubj/2 warned/VBD/ROOT/2 Besland/NNP/obj/2")
    place = parsed("Berg/NNP/nsubj/2 spoke/VBD/ROOT/2 in/IN/case/4 Arvik/NNP/obl/2", Berg="PERSON")
    partner = parsed("Talks/NNS/nsubj/4 with/IN/case/3 Arvik/NNP/nmod/1 failed/VBD/ROOT/4")
    assert resolved(acting)["Arvik"].id == "Q1"
    assert resolved(place)["Arvik"].id == "Q6"
    assert resolved(partner)["Arvik"].id == "Q1"


def test_the_component_sets_mentions_entities_and_heads(parsed, lookups):
    doc = parsed(
        "Arlish/JJ/amod/2 President/NNP/nmod:desc/4 Anna/NNP/compound/4 Berg/NNP/nsubj/5 warned/VBD/ROOT/5 NTO/NNP/obj/5 "
        "members/NNS/obl/5",
        Anna_Berg="PERSON",
    )
    article = Article(id="a", text=doc.text, published="2022-02-01")
    Actors(lookups.knowledge)(doc)
    assert doc._.mention_heads[3].entity == "Q4"
    assert doc._.mention_heads[0].entity == "Q1"
    assert doc._.entities["Q4"].country == "Q1"
    assert [m.span for m in doc._.mentions] == sorted(m.span for m in doc._.mentions)
    assert {m.entity for m in doc._.mentions} <= set(doc._.entities)
    assert all(m.span.of(article.text) == m.text and m.reason and 0 < m.score <= 1 for m in doc._.mentions)


def test_the_same_doc_gives_the_same_result(parsed, lookups):
    def run():
        doc = parsed(
            "Arland/NNP/nsubj/6 ,/,/punct/3 Besland/NNP/conj/1 and/CC/cc/5 NTO/NNP/conj/1 met/VBD/ROOT/6",
            "They/PRP/nsubj/2 agreed/VBD/ROOT/2",
        )
        Actors(lookups.knowledge)(doc)
        return doc._.mentions, doc._.entities, doc._.mention_heads

    assert run() == run()
