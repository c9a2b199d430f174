"""What is written is what was written before, and is read back to the letter: in every syntax, by two libraries."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import ExportError
from kg.graph import Graph
from kg.model import Argument, Article, Claim, Entity, Mention, Participant, Record, Relation, Source, Span
from kg.rdf import FORMATS, Names, check_format, ontology, quads, serialise
from kg.rdf.jsonld import context
from kg.rdf.stream import as_file

THEIRS = {"ntriples": "nt", "jsonld": "json-ld", "rdfxml": "xml"}
RDF12 = [name for name in FORMATS if name != "jsonld"]
REIFIES = pyoxigraph.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies")
EXAMPLES = 84  # 504 over the six formats


@pytest.fixture
def graph(records) -> Graph:
    return Graph.from_records(records)


def read(document: bytes, format: str) -> set[pyoxigraph.Quad]:
    return set(pyoxigraph.parse(document, format=FORMATS[format]))


def test_a_graph_has_the_quads_that_it_had_in_earlier_versions(graph):
    lines = (Path(__file__).parent / "crisis.nq").read_bytes()
    found = {quad for quad in quads(graph) if "/dataset/" not in quad.subject.value}
    assert found == set(pyoxigraph.parse(lines, format=pyoxigraph.RdfFormat.N_QUADS))


def test_no_triple_comes_twice(records):
    record = records[0]
    twice = replace(record, mentions=record.mentions * 2)
    found = list(quads(Graph.from_records([twice, records[1]])))
    assert len(found) == len(set(found)) == len(set(quads(Graph.from_records(records))))


@pytest.mark.parametrize("format", RDF12)
def test_rdf_12_adds_the_triple_that_each_claim_reifies_and_nothing_else(graph, format):
    found = read(serialise(graph, format, rdf12=True), format)
    reifiers = {quad for quad in found if quad.predicate == REIFIES}
    assert found - reifiers == read(serialise(graph, format), format)
    names = Names()
    assert {(quad.subject, quad.object) for quad in reifiers} == {
        (
            names.iri(f"claim:{claim.id}"),
            pyoxigraph.Triple(
                names.entity(claim.subject.entity),
                names.relation(claim.relation.lemma),
                names.entity(claim.object.entity),
            ),
        )
        for claim in graph.claims.values()
        if claim.object
    }


def test_rdf_12_can_be_asked_for_what_is_claimed_but_not_asserted(graph):
    store = pyoxigraph.Store()
    store.load(serialise(graph, "trig", rdf12=True), pyoxigraph.RdfFormat.TRIG)
    claimed = "GRAPH ?g { ?claim rdf:reifies <<( entity:Q212 rel:join entity:Q7184 )>> ; kg:modality ?modality }"
    prefixes = Names().prefixes
    assert [row["modality"].value for row in store.query(f"SELECT * {{ {claimed} }}", prefixes=prefixes)] == [
        Names().iri("kg:conditional").value
    ]
    assert not store.query("ASK { entity:Q212 rel:join entity:Q7184 }", prefixes=prefixes)


def test_a_format_without_rdf_12_is_refused(graph):
    with pytest.raises(ExportError, match="jsonld has no RDF 1.2: take one of turtle, trig, ntriples"):
        serialise(graph, "jsonld", rdf12=True)
    with pytest.raises(ExportError, match="no RDF format is called 'graphml'"):
        check_format("graphml", rdf12=True)


def test_json_ld_has_short_keys_by_a_context_of_its_own(graph):
    document = json.loads(serialise(graph, "jsonld"))
    assert all(isinstance(meaning, str | dict) for meaning in document["@context"].values())
    (article,) = (node for node in document["@graph"] if node["@id"] == "article:a1")
    claim = next(node for node in article["@graph"] if node.get("modality") == "kg:conditional")
    assert claim["@type"] == ["kg:Claim", "rdf:Statement"]
    assert (claim["subject"], claim["predicate"], claim["object"]) == ("entity:Q212", "rel:join", "entity:Q7184")
    assert (claim["isAsserted"], claim["factuality"], claim["cue"]) == (False, "0", "said")
    keys = {key for node in [*document["@graph"], *article["@graph"]] for key in node}
    assert {key for key in keys if ":" in key} <= {"rel:warn", "rel:president_of", "rel:reject", "rel:meet"}


def test_the_keys_of_json_ld_have_the_types_that_the_ontology_gives_them():
    terms = rdflib.Graph().parse(data=ontology(), format="turtle")
    names = Names()
    for key, meaning in context().items():
        meaning = {"@id": meaning} if isinstance(meaning, str) else meaning
        local = meaning["@id"].partition(":")[2]
        # What is a prefix cannot be a key.
        assert key == (f"{local}s" if local in names.prefixes else local)
        if not meaning["@id"].startswith("kg:"):
            continue
        term = rdflib.URIRef(names.iri(meaning["@id"]).value)
        kinds = set(terms.objects(term, rdflib.RDF.type))
        assert (rdflib.OWL.ObjectProperty in kinds) == (meaning.get("@type") == "@id"), key
        assert (terms.value(term, rdflib.RDFS.range) == rdflib.XSD.decimal) == (meaning.get("@type") == "xsd:decimal")


def test_an_error_in_the_making_of_a_document_is_not_lost():
    def pieces():
        yield "<urn:a> <urn:b> <urn:c> .\n" * 2000
        raise KeyError("half way")

    with pytest.raises(KeyError, match="half way"):
        list(pyoxigraph.parse(as_file(pieces()), format=pyoxigraph.RdfFormat.N_TRIPLES))


sound = st.characters(exclude_categories=["Cs"])
hostile = st.text(sound, min_size=1, max_size=12).filter(str.strip) | st.sampled_from(
    ['"', "\\", '"""', "\\u0022", "a\r\t\n", "<script>", "} # {", "\x00\x01\x7f\x85", "\u202ex", "😀", "a\u2028b",
     "\ufffe", "{\n}", "'''", '"@en', '"^^xsd:date', "\\", "\\n", "true", "1.0", "]]>", "&amp;", "_:b", "@id"]
)  # fmt: skip


def carried(value: str) -> str:
    """A string as XML 1.0 can carry it: other characters, and the return that XML reads as a line end, are replaced."""

    def is_carried(code: int) -> bool:
        return code in (0x9, 0xA) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000

    return "".join(char if is_carried(ord(char)) else "\ufffd" for char in value)


def hostile_graph(words: list[str]) -> Graph:
    id, name, lemma, sentence, cue, role = words
    text = f"{sentence}."
    whole = Span(0, len(text))
    part = Participant(name, whole, f"x{id}", name, "person")
    claim = Claim(
        f"c{id}", id, whole, part, Relation(lemma, whole, lemma), part,
        source=Source(cue, whole), arguments=(Argument(role, text, whole),), content=(f"c{id}", f"c{id}"),
    )  # fmt: skip
    article = Article(id, text, title=name, publisher=cue, url=sentence, language="en")
    entity = Entity(f"x{id}", "person", name, (lemma, name), country_code=role)
    mention = Mention(id, whole, text, "name", entity.id, "by hand")
    return Graph.from_records([Record(article, (entity,), (mention, mention), (claim,))])


@pytest.mark.parametrize("format", FORMATS)
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(words=st.lists(hostile, min_size=6, max_size=6))
def test_hostile_words_survive_every_syntax_to_the_letter(format, words):
    graph = hostile_graph(words)
    document = serialise(graph, format)
    expected = {quad.triple for quad in quads(graph)}
    found = list(pyoxigraph.parse(document, format=FORMATS[format]))
    assert {quad.triple for quad in found} == expected and len(found) == len(expected)
    values = {quad.object.value for quad in found if isinstance(quad.object, pyoxigraph.Literal)}
    assert {carried(word) for word in (*words, f"{words[3]}.")} <= values
    theirs = rdflib.Dataset(default_union=True).parse(data=document, format=THEIRS.get(format, format))
    read_by_rdflib = {
        str(term) for _, _, term in theirs.triples((None, None, None)) if isinstance(term, rdflib.Literal)
    }
    assert read_by_rdflib == values
