"""The way back: records out of the RDF that they were written as."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest

from kg.errors import GraphFileError
from kg.graph import Graph
from kg.model import Article, Entity, Event, Mention, Number, Record, Span
from kg.rdf import About, Names, quads, restore, serialise, write

BASE = "https://example.org/graph/"


def through(graph: Graph, path: Path, **options) -> Graph:
    restored = restore(write(graph, path, {".trig": "trig", ".nq": "nquads"}[path.suffix], **options))
    assert restored.left_out == 0
    return Graph.from_records(restored.records)


def canonical(record: Record) -> Record:
    """A record less what RDF does not carry: rules count for nothing, and content and claims are sets."""
    claims = (replace(claim, content=tuple(sorted(claim.content))) for claim in record.claims)
    return replace(
        record,
        entities=tuple(sorted(record.entities, key=lambda entity: entity.id)),
        claims=tuple(sorted(claims, key=lambda claim: claim.id)),
        mentions=tuple(sorted(record.mentions, key=lambda mention: (mention.entity, mention.span))),
    )


@pytest.mark.parametrize("suffix", ["trig", "nq"])
@pytest.mark.parametrize("base_iri", [None, BASE])
def test_what_is_restored_gives_the_same_bytes(records, tmp_path, suffix, base_iri):
    graph, about = Graph.from_records(records), About("small", "https://example.org/licence")
    path = write(graph, tmp_path / f"graph.{suffix}", "trig" if suffix == "trig" else "nquads", base_iri=base_iri,
                 about=about)  # fmt: skip
    restored = restore(path)
    assert (restored.base_iri, restored.about, restored.left_out) == (Names(base_iri).base, about, 0)
    again = Graph.from_records(restored.records)
    for format in ("trig", "turtle", "nquads"):
        expected = serialise(graph, format, base_iri=base_iri, about=about)
        assert serialise(again, format, base_iri=restored.base_iri, about=restored.about) == expected


def test_each_record_comes_back_with_all_that_rdf_carries(records, tmp_path):
    """In these records each article says of an entity what the graph says of it, so that nothing is lost."""
    graph = Graph.from_records(records)
    merged = [replace(r, entities=tuple(graph.entities[e.id] for e in r.entities)) for r in records]
    mentions = [replace(r, mentions=tuple(dict.fromkeys(r.mentions))) for r in merged]
    restored = restore(write(graph, tmp_path / "graph.trig", "trig"))
    assert [canonical(r) for r in restored.records] == [canonical(r) for r in mentions]
    assert [claim.rules for r in restored.records for claim in r.claims] == [()] * 10


def test_whatever_an_entity_and_an_article_have_comes_back(tmp_path):
    entity = Entity(
        "Q1", "organization", "Pact", ("Pact", "the \"Pact\"\n"), "Q1", "Q159", "IGO", "Q7184", 0.25, "RUS", -1.5, 2.0
    )  # fmt: skip
    article = Article(
        "urn:x y", "The Pact\n\n“met”.", "The Pact", "2022-02", "A & B", "https://example.org/?a=b", "en-GB"
    )
    mention = Mention(article.id, Span(4, 8), "Pact", "nominal", "Q1", "by hand", 0.125)
    record = Record(article, (entity,), (mention,))
    (found,) = restore(write(Graph.from_records([record]), tmp_path / "graph.trig", "trig")).records
    assert found == record


def test_the_numbers_of_a_claim_come_back(writer, tmp_path):
    killed = Number("killed", "Russia", Span(0, 6), 12, 15, of="civilians")
    given = Number("money", "invade", Span(7, 13), most=2.5e9, about=True, of="USD")
    article = writer("a1")
    article.claim("Russia", "invade", "Ukraine", ground="hedge", numbers=(killed, given))
    (found,) = restore(write(Graph.from_records([article.record()]), tmp_path / "graph.trig", "trig")).records
    assert found.claims[0].numbers == article.claims[0].numbers
    assert found.claims[0].ground == "hedge"


def test_graphs_of_many_kinds_come_back_to_the_byte(writer, tmp_path):
    chance = random.Random(7)
    names = list(writer("x").world)
    articles = []
    for number in range(12):
        article = writer(f"a{number}", chance.choice(["2022-02-01", "2022-02", None]), chance.choice(["Talks", None]))
        for _ in range(6):
            subject, object = chance.sample(names, 2)
            article.claim(
                subject, chance.choice(["warn", "send to", "talks with"]), chance.choice([object, None]),
                source=chance.choice([None, None, "NATO"]), inferred=chance.random() < 0.2,
                nominal=chance.random() < 0.3, time=chance.choice([None, "2022-01-26", "2022-01-01/2022-01-05"]),
                place=chance.choice([None, "Kyiv"]), confidence=round(chance.random(), 3),
                modality=chance.choice(["asserted", "asserted", "possible"]),
                polarity=chance.choice(["positive", "positive", "negative"]),
                event=chance.choice([None, Event("THREATEN", "verbal conflict", "130", -4.4, "mode")]),
            )  # fmt: skip
        articles.append(article.record())
    graph = Graph.from_records(articles)
    again = through(graph, tmp_path / "graph.trig")
    assert serialise(again, "trig") == serialise(graph, "trig")
    assert again.statements == graph.statements and again.occurrences == graph.occurrences


def test_a_dump_of_a_loaded_store_will_do(records, tmp_path):
    graph, merged = Graph.from_records(records), Names().dataset("merged")
    kept = {pyoxigraph.DefaultGraph(): merged}
    dumped = (pyoxigraph.Quad(*quad.triple, kept.get(quad.graph_name, quad.graph_name)) for quad in quads(graph))
    path = tmp_path / "dump.nq"
    pyoxigraph.serialize(dumped, str(path), pyoxigraph.RdfFormat.N_QUADS)
    restored = restore(path)
    assert restored.left_out == 0
    assert serialise(Graph.from_records(restored.records), "trig") == serialise(graph, "trig")


def test_what_somebody_added_is_counted(records, tmp_path):
    path = write(Graph.from_records(records), tmp_path / "graph.nq", "nquads")
    with path.open("a") as file:
        file.write('<https://example.org/x> <http://www.w3.org/2000/01/rdf-schema#label> "x" .\n')
        file.write(
            '<https://example.org/x> <http://www.w3.org/2000/01/rdf-schema#label> "y" <https://example.org/g> .\n'
        )
    assert restore(path).left_out == 2


PREFIXES = "@prefix kg: <https://w3id.org/geokg/ontology#> . @prefix void: <http://rdfs.org/ns/void#> ."


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("graph.trig", b"<https://example.org/a> <https://example.org/b> 1 .", "holds no graph that kg wrote: give"),
        ("graph.trig", b"", "holds no graph that kg wrote"),
        ("graph.trig", b"<a> <b", r"is damaged \(.*line 1"),
        ("graph.nq", b"\xff\xfe\x00", "is damaged"),
        ("graph.ttl", b"", r"is neither TriG \(\.trig\) nor N-Quads \(\.nq\)"),
        ("missing.trig", None, r"cannot be read \(No such file or directory\)"),
    ],
)
def test_a_foreign_or_damaged_file_is_named(tmp_path, name, content, message):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(GraphFileError, match=message) as caught:
        restore(tmp_path / name)
    assert name in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("lost", "message"),
    [
        ("isString", r"article/a1> has no nif:isString: write the graph anew"),
        ("relationSpan", r"claim/\w+> has no kg:relationSpan: write the graph anew"),
        ("subject>", r"claim/\w+> has no rdf:subject"),
        ("beginIndex", r"span/\w+> has no nif:beginIndex"),
        ("polarity", "unknown polarity: None"),
    ],
)
def test_a_graph_that_lacks_what_a_record_needs_is_named(records, tmp_path, lost, message):
    path = write(Graph.from_records(records), tmp_path / "graph.nq", "nquads")
    path.write_text("".join(line for line in path.read_text().splitlines(True) if lost not in line.split()[1]))
    with pytest.raises(GraphFileError, match=message):
        restore(path)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (r'(#endIndex>) "\d+"', r'\1 "99999999"', "is not where it is said to be|past the end"),
        (r'(#isString>) "[^"]*"', r'\1 "' + "x" * 17_000_000 + '"', "is damaged"),
    ],
)
def test_what_does_not_fit_its_article_is_refused(records, tmp_path, old, new, words) -> None:
    path = write(Graph.from_records(records), tmp_path / "a.nq", "nquads")
    changed, times = re.subn(old, new, path.read_text(encoding="utf-8"), count=1)
    assert times == 1
    path.write_text(changed, encoding="utf-8")
    with pytest.raises(GraphFileError, match=words):
        restore(path)
