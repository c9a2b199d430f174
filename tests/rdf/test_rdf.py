from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib.compare import isomorphic

from kg.errors import ExportError
from kg.graph import Graph
from kg.rdf import FORMATS, About, Names, ontology, quads, serialise, write
from kg.rdf.names import EXTERNAL, local_name, slug

BASE = "https://w3id.org/geokg/"
REL = BASE + "relation/"
KG = rdflib.Namespace(BASE + "ontology#")


@pytest.fixture
def graph(records) -> Graph:
    return Graph.from_records(records)


def iri(node: pyoxigraph.NamedNode) -> rdflib.URIRef:
    return rdflib.URIRef(node.value)


def union(graph, **options) -> rdflib.Graph:
    return rdflib.Graph().parse(data=serialise(graph, "turtle", **options), format="turtle")


def test_plain_triples_are_the_asserted_statements_and_no_more(graph):
    plain = {(s, p, o) for s, p, o in union(graph) if str(p).startswith(REL)}
    names = Names()
    assert plain == {
        (iri(names.entity(s.subject)), iri(names.relation(s.relation)), iri(names.entity(s.object)))
        for s in graph.statements
        if s.asserted
    }
    relations = {str(p).removeprefix(REL) for _, p, _ in plain}
    assert relations == {"warn", "president_of", "reject", "meet"}


def test_turtle_reads_as_a_person_would_write_it(graph):
    turtle = serialise(graph, "turtle").decode()
    assert 'entity:Q7747 a kg:Person ;\n    rdfs:label "Vladimir Putin" ;' in turtle
    assert "    rel:warn entity:Q7184 .\n" in turtle
    assert 'rel:send_to a owl:ObjectProperty ;\n    rdfs:label "sends to"@en ;' in turtle
    assert 'rdfs:label "president of"@en' in turtle
    assert "_:" not in turtle


@pytest.mark.parametrize("format", FORMATS)
def test_rdflib_and_oxigraph_read_the_same_graph(graph, format):
    document = serialise(graph, format)
    mine = pyoxigraph.parse(document, format=FORMATS[format])
    lines = pyoxigraph.serialize(dict.fromkeys(quad.triple for quad in mine), format=pyoxigraph.RdfFormat.N_TRIPLES)
    theirs = rdflib.Dataset(default_union=True).parse(
        data=document, format={"ntriples": "nt", "jsonld": "json-ld", "rdfxml": "xml"}.get(format, format)
    )
    expected = rdflib.Graph().parse(data=lines, format="nt")
    found = rdflib.Graph()
    for triple in theirs.triples((None, None, None)):
        found.add(triple)
    assert len(found) == len(expected) > 100
    assert isomorphic(found, expected)


@pytest.mark.parametrize("format", ["trig", "nquads", "jsonld"])
def test_each_article_has_a_graph_of_its_own(graph, format):
    found = set(pyoxigraph.parse(serialise(graph, format), format=FORMATS[format]))
    assert found == set(quads(graph))
    named = {quad.graph_name.value for quad in found if isinstance(quad.graph_name, pyoxigraph.NamedNode)}
    assert named == {BASE + "article/a1", BASE + "article/a2"}
    default = [quad for quad in found if isinstance(quad.graph_name, pyoxigraph.DefaultGraph)]
    assert all("/span/" not in quad.subject.value and "/claim/" not in quad.subject.value for quad in default)


def test_rdflib_dataset_holds_the_same_quads(graph):
    dataset = graph.to_rdf()
    assert {g.identifier for g in dataset.graphs() if len(g) and "geokg" in str(g.identifier)} == {
        rdflib.URIRef(BASE + "article/a1"),
        rdflib.URIRef(BASE + "article/a2"),
    }
    assert set(dataset.triples((None, None, None))) == set(union(graph))
    assert dataset.query("ASK { ?claim kg:modality kg:possible }").askAnswer


def test_the_ontology_explains_every_term(graph):
    terms = rdflib.Graph().parse(data=ontology(), format="turtle")
    described = {s for s in terms.subjects(rdflib.RDF.type) if str(s).startswith(str(KG))}
    for term in described:
        assert terms.value(term, rdflib.RDFS.label) and terms.value(term, rdflib.RDFS.comment), term
    used = {t for triple in union(graph) for t in triple if str(t).startswith(str(KG)) and str(t) != str(KG)}
    assert used <= described
    for kind in (rdflib.OWL.ObjectProperty, rdflib.OWL.DatatypeProperty):
        for term in terms.subjects(rdflib.RDF.type, kind):
            if term in described and term != KG.refersTo:
                assert terms.value(term, rdflib.RDFS.range), term


def test_every_value_of_the_model_is_a_concept():
    from kg.model import EVENT_TYPES, MODALITIES, POLARITIES

    concepts = set(rdflib.Graph().parse(data=ontology(), format="turtle").subjects(None, rdflib.SKOS.Concept))
    assert {KG[name] for name in (*EVENT_TYPES, *MODALITIES, *POLARITIES)} <= concepts


def test_the_evidence_of_a_claim_is_its_sentence(graph):
    rows = union(graph).query(
        """SELECT ?text ?begin ?end { ?c rdf:subject ?s ; kg:eventType kg:REJECT ; prov:wasDerivedFrom ?span .
        ?span nif:anchorOf ?text ; nif:beginIndex ?begin ; nif:endIndex ?end ; nif:referenceContext ?article }""",
        initNs=EXTERNAL | {"kg": KG},
    )
    ((text, begin, end),) = rows
    assert graph.articles["a1"].text[int(begin) : int(end)] == str(text)


def test_time_condition_source_and_place_are_properties_of_the_claim(graph):
    turtle = serialise(graph, "turtle").decode()
    assert 'sem:hasTimeStamp "2022-01-26"^^xsd:date' in turtle
    assert 'sem:hasEarliestBeginTimeStamp "2022-02-01"^^xsd:date' in turtle
    for term in ("kg:condition claim:", "kg:content claim:", "prov:wasAttributedTo entity:Q159"):
        assert term in turtle
    assert turtle.count("sem:hasPlace entity:Q1899") == 2


def test_an_event_has_no_time_that_only_the_publication_gives(graph):
    threats = [e for e in graph.events if e.event.type == "THREATEN"]
    stamps = list(union(graph).subjects(rdflib.URIRef(EXTERNAL["sem"] + "hasTimeStamp")))
    assert threats and not {BASE + "event/" + e.id for e in threats} & {str(s) for s in stamps}


def test_the_order_of_articles_changes_no_byte(records):
    for format in FORMATS:
        assert serialise(Graph.from_records(records), format) == serialise(Graph.from_records(records[::-1]), format)


def test_the_hash_seed_changes_no_byte():
    code = (
        "import sys, hashlib, importlib.util as u\n"
        "spec = u.spec_from_file_location('made', sys.argv[1]); made = u.module_from_spec(spec)\n"
        "sys.modules['made'] = made; spec.loader.exec_module(made)\n"
        "from kg.graph import Graph; from kg.rdf import FORMATS, serialise\n"
        "graph = Graph.from_records(made.crisis())\n"
        "print(*[hashlib.sha256(serialise(graph, f)).hexdigest() for f in FORMATS])\n"
    )
    made = Path(__file__).parents[1] / "conftest.py"
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code, str(made)],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(made.parents[1])},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(outputs) == 1 and len(outputs.pop().split()) == len(FORMATS)


sound = st.characters(exclude_categories=["Cs"])


@given(st.text(sound, max_size=30), st.text(sound))
def test_names_in_iris_are_plain_and_told_apart(one, other):
    for make in (slug, local_name):
        assert make(one).replace("_", "").replace("-", "").isalnum() and make(one).isascii()
        assert (make(one) == make(other)) == (one == other)
    assert slug(one)[0].isalpha()


def test_the_base_iri_moves_everything(graph):
    turtle = serialise(graph, "turtle", base_iri="https://example.org/news/").decode()
    assert "w3id.org" not in turtle and "@prefix kg: <https://example.org/news/ontology#>" in turtle


@pytest.mark.parametrize(
    "base", ["example.org/", "https://example.org", "https://exa mple.org/", "urn:x:/", "https://example.org/#/", ""]
)
def test_a_bad_base_iri_is_refused(graph, base):
    if not base:
        assert serialise(graph, base_iri=base) == serialise(graph)
        return
    with pytest.raises(ExportError, match="cannot be a base IRI"):
        serialise(graph, base_iri=base)


def test_the_header_says_what_the_graph_holds(graph):
    turtle = serialise(graph, "turtle", about=About(pipeline="small", licence="https://example.org/l")).decode()
    for line in ("void:documents 2", "kg:claims 10", 'kg:pipeline "small"', "dcterms:license <https://example.org/l>"):
        assert line in turtle
    with pytest.raises(ExportError, match="cannot be a licence"):
        serialise(graph, about=About(licence="free"))


def test_a_file_is_written_whole_or_not_at_all(graph, tmp_path):
    path = write(graph, tmp_path / "graph.ttl")
    assert hashlib.sha256(path.read_bytes()).digest() == hashlib.sha256(serialise(graph)).digest()
    assert [p.name for p in tmp_path.iterdir()] == ["graph.ttl"]
    assert write(graph, tmp_path / "new" / "folder" / "graph.ttl").exists()
    with pytest.raises(ExportError, match="graph.ttl.graph.ttl cannot be written .*: name another place"):
        write(graph, path / "graph.ttl")
    with pytest.raises(ExportError, match="no RDF format is called 'n4': take one of turtle, trig"):
        write(graph, tmp_path / "graph.n4", "n4")


def test_a_date_that_no_calendar_has_is_left_out(records):
    odd = replace(records[1], article=replace(records[1].article, published="2022-02-31"))
    assert "schema:datePublished" not in serialise(Graph.from_records([odd])).decode()
    month = replace(odd, article=replace(odd.article, published="2022-02"))
    assert 'schema:datePublished "2022-02"^^xsd:gYearMonth' in serialise(Graph.from_records([month])).decode()
