from __future__ import annotations

import random
from dataclasses import replace

import networkx as nx
import pytest

from kg.errors import LedgerError, RecordError
from kg.graph import Graph, open_graph, relation_label
from kg.graph.labels import is_plural
from kg.ledger import Ledger
from kg.model import Entity, Event, Record


def triples(statements):
    return [(s.subject, s.relation, s.object) for s in statements]


def one(graph, relation):
    (statement,) = [s for s in graph.statements if s.relation == relation]
    return statement


def test_claims_of_the_same_triple_are_one_statement(records):
    warn = one(Graph.from_records(records), "warn")
    assert len(warn.claims) == 2
    assert warn.confidence == pytest.approx(1 - 0.4 * 0.3)
    assert warn.asserted and not warn.inferred
    assert (warn.first, warn.last) == ("2022-02-01", "2022-02-03")
    assert warn.event.type == "THREATEN"


def test_the_named_object_is_stronger_evidence_than_the_inferred_one(records):
    graph = Graph.from_records(records)
    first, second = graph.claims_of(one(graph, "warn"))
    assert not first.object.inferred and second.object.inferred


def test_confidence_stays_below_certainty(writer):
    article = writer("a")
    for _ in range(20):
        article.claim("Russia", "warn", "NATO", confidence=0.9)
    assert Graph.from_records([article.record()]).statements[0].confidence == 0.99


@pytest.mark.parametrize(
    "standing",
    [
        {"polarity": "negative"},
        {"modality": "possible"},
        {"modality": "hypothetical"},
        {"modality": "question"},
        {"source": "NATO"},
    ],
)
def test_what_is_denied_possible_or_reported_is_a_statement_but_not_asserted(writer, standing):
    article = writer("a")
    article.claim("Russia", "invade", "Ukraine", **standing)
    graph = Graph.from_records([article.record()])
    assert [s.asserted for s in graph.statements] == [False]
    assert graph.to_networkx().number_of_edges() == 0
    assert graph.to_networkx(all=True).number_of_edges() == 1


def test_one_asserted_claim_asserts_the_statement_and_alone_gives_its_confidence(writer):
    article = writer("a")
    article.claim("Russia", "invade", "Ukraine", confidence=0.5)
    article.claim("Russia", "invade", "Ukraine", confidence=0.9, modality="possible")
    (statement,) = Graph.from_records([article.record()]).statements
    assert statement.asserted and statement.confidence == 0.5
    assert statement.modalities == ("asserted", "possible")


def test_a_claim_without_an_object_makes_no_statement_but_stays(records):
    graph = Graph.from_records(records)
    assert "wait" in {claim.relation.lemma for claim in graph.claims.values()}
    assert "wait" not in {statement.relation for statement in graph.statements}


def test_disputed_is_what_one_claim_says_and_another_denies(records, writer):
    assert triples(Graph.from_records(records).disputed()) == [("Q7184", "send to", "Q212")]
    article = writer("a")
    article.claim("Russia", "invade", "Ukraine", modality="possible")
    article.claim("Russia", "invade", "Ukraine", polarity="negative")
    assert Graph.from_records([article.record()]).disputed() == []


def test_the_order_of_records_and_claims_does_not_matter(records):
    expected = Graph.from_records(records)
    for seed in range(5):
        shuffle = random.Random(seed).sample
        mixed = [
            Record(r.article, *(tuple(shuffle(part, len(part))) for part in (r.entities, r.mentions, r.claims)))
            for r in shuffle(records, len(records))
        ]
        graph = Graph.from_records(mixed)
        assert graph == expected
        assert [list(part) for part in (graph.articles, graph.entities, graph.claims)] == [
            list(part) for part in (expected.articles, expected.entities, expected.claims)
        ]


def test_entities_of_one_id_are_merged_with_all_their_names(records):
    other = Entity("Q7747", "person", "Vladimir Vladimirovich Putin", ("the president",), sector="government")
    (first, second) = records
    graph = Graph.from_records([replace(first, entities=(other,)), second])
    putin = graph.entities["Q7747"]
    assert set(putin.names) == {"Vladimir Putin", "Vladimir Vladimirovich Putin", "Putin", "the president"}
    assert (putin.sector, putin.country, putin.wikidata) == ("government", "Q159", "Q7747")


def test_who_takes_part_in_a_claim_is_an_entity_even_if_not_listed(records):
    graph = Graph.from_records([replace(record, entities=()) for record in records])
    assert graph.entities["Q7747"].name == "Vladimir Putin"


def test_two_records_of_one_article_are_refused(records):
    with pytest.raises(RecordError, match="two records of the article 'a1'"):
        Graph.from_records([records[0], records[0]])


@pytest.mark.parametrize("name", ["Viktor Orbán", "viktor orban", "ORBAN", "orbán", "Q57641", "Orban, Viktor"])
def test_entities_are_found_by_any_name_without_case_and_accents(records, name):
    assert [entity.id for entity in Graph.from_records(records).find(name)] == ["Q57641"]


def test_an_unknown_name_finds_nothing(records):
    graph = Graph.from_records(records)
    assert graph.find("Nobody at all") == graph.find("") == graph.find("!") == []
    assert graph.about("Nobody at all") == graph.between("NATO", "Nobody at all") == []


def test_the_weightiest_of_equal_names_comes_first(writer):
    article = writer("a", world={n: Entity(n, "country", n, ("Guinea",)) for n in ("Papua New Guinea", "Conakry", "X")})
    article.claim("X", "warn", "Papua New Guinea")
    assert [e.id for e in Graph.from_records([article.record()]).find("guinea")] == ["Papua New Guinea", "X"]


def test_about_between_and_since_by_date(records):
    graph = Graph.from_records(records)
    dates = [s.first for s in graph.about("Putin")]
    assert dates == sorted(dates) and {s.relation for s in graph.about("Putin")} == {"warn", "president of", "meet"}
    assert triples(graph.between("the alliance", "putin")) == [("Q7747", "warn", "Q7184")]
    assert graph.between("NATO", "NATO") == []
    assert {s.relation for s in graph.since("2022-02-03")} == {"warn", "send to", "invade"}
    assert len(graph.since("2022")) == len(graph.statements)


def test_claims_without_time_or_publication_are_undated(writer):
    article = writer("a", published=None)
    article.claim("Russia", "warn", "NATO")
    graph = Graph.from_records([article.record()])
    assert (graph.statements[0].first, graph.since("1000")) == (None, [])


def test_events_gather_the_claims_of_one_date_and_take_no_time_from_publication(writer):
    first, second, third = writer("a"), writer("b"), writer("c", "2022-03-01")
    for article, verb in ((first, "warn"), (second, "threaten"), (third, "warn")):
        article.claim("Russia", verb, "NATO", event=Event("THREATEN", "verbal conflict"))
    graph = Graph.from_records([article.record() for article in (first, second, third)])
    assert [len(event.claims) for event in sorted(graph.events, key=lambda e: -len(e.claims))] == [2, 1]
    assert {event.time for event in graph.events} == {None}


def test_networkx_has_typed_scalars_and_an_edge_a_statement(records):
    graph = Graph.from_records(records)
    network = graph.to_networkx()
    assert isinstance(network, nx.MultiDiGraph)
    assert {key for _, _, key in network.edges(keys=True)} == {s.id for s in graph.statements if s.asserted}
    values = [v for _, _, data in network.edges(data=True) for v in data.values()]
    values += [v for _, data in network.nodes(data=True) for v in data.values()]
    assert {type(value) for value in values} <= {str, int, float, bool}
    (edge,) = network.get_edge_data("Q7747", "Q7184").values()
    assert edge["label"] == "warns" and edge["claims"] == 2 and edge["goldstein"] == -4.4
    assert edge["sentence"] == "Vladimir Putin warn NATO."
    assert network.nodes["Q7184"]["name"] == "NATO"


def test_a_graph_opens_from_a_folder(tmp_path, records):
    Ledger(tmp_path).append(records)
    assert open_graph(tmp_path) == Graph.from_records(records)
    with pytest.raises(LedgerError, match="holds no ledger"):
        open_graph(tmp_path / "elsewhere")


@pytest.mark.parametrize(
    ("name", "kind", "plural"),
    [
        ("masked gunmen", "group", True),
        ("Sunnis", "group", True),
        ("Chad and Niger", "group", True),
        ("soldiers of the garrison", "group", True),
        ("army of the rebels", "organization", False),
        ("United Arab Emirates", "country", False),
        ("James", "person", False),
        ("officials", "person", True),
        ("press", "group", False),
        ("news", "thing", False),
    ],
)
def test_a_name_is_plural_by_its_head(name, kind, plural):
    assert is_plural(name, kind) is plural


def test_a_label_agrees_with_a_plural_subject():
    assert relation_label("fire on", plural=True) == "fire on"
    assert relation_label("be held in", plural=True) == "are held in"
    assert relation_label("ally of", nominal=True, plural=True) == "ally of"


@pytest.mark.parametrize(
    ("lemma", "label"),
    [
        ("warn", "warns"), ("send to", "sends to"), ("deny", "denies"), ("say", "says"), ("press", "presses"),
        ("push", "pushes"), ("reach", "reaches"), ("fix", "fixes"), ("go to", "goes to"), ("veto", "vetoes"),
        ("woo", "woos"), ("have", "has"), ("be member of", "is member of"), ("do", "does"), ("quiz", "quizzes"),
        ("buzz", "buzzes"), ("de-escalate", "de-escalates"), ("", ""),
    ],
)  # fmt: skip
def test_labels_are_in_the_third_person(lemma, label):
    assert relation_label(lemma) == label


def test_a_relation_is_nominal_when_every_claim_says_so(writer):
    article = writer("a")
    article.claim("Russia", "visit", "NATO", nominal=True)
    article.claim("Russia", "visit", "Ukraine")
    article.claim("Russia", "talks with", "NATO", nominal=True)
    labels = Graph.from_records([article.record()]).labels
    assert labels == {"visit": "visits", "talks with": "talks with"}


@pytest.mark.parametrize("standing", [{"polarity": "negative"}, {"modality": "future"}, {"source": "NATO"}])
def test_only_asserted_claims_are_events(writer, standing):
    article = writer("a")
    article.claim("Russia", "warn", "NATO", event=Event("THREATEN", "verbal conflict"), **standing)
    graph = Graph.from_records([article.record()])
    assert graph.events == [] and graph.statements[0].event is not None
