from __future__ import annotations

import pyshacl
import pytest
import rdflib

from kg.errors import ExportError
from kg.graph import Graph
from kg.rdf import serialise, shapes, violations, write
from kg.rdf.names import EXTERNAL

KG = rdflib.Namespace("https://w3id.org/geokg/ontology#")
DAMAGES = [
    f"DELETE {{ ?c <{KG.polarity}> ?p }} WHERE {{ ?c <{KG.polarity}> ?p }}",
    f"INSERT {{ ?c <{KG.modality}> <{KG.sure}> }} WHERE {{ ?c a <{KG.Claim}> }}",
    f"DELETE {{ ?e a <{KG.Country}> }} WHERE {{ ?e a <{KG.Country}> }}",
    f"DELETE {{ ?c <{EXTERNAL['prov']}wasDerivedFrom> ?s }} WHERE {{ ?c <{EXTERNAL['prov']}wasDerivedFrom> ?s }}",
    f"DELETE {{ ?r <{KG.lemma}> ?l }} WHERE {{ ?r <{KG.lemma}> ?l }}",
    f"DELETE {{ ?a <{KG.refersTo}> ?c }} WHERE {{ ?a <{KG.role}> 'condition' ; <{KG.refersTo}> ?c }}",
]


@pytest.fixture
def graph(records) -> Graph:
    return Graph.from_records(records)


def test_every_graph_conforms_to_the_shapes(graph, tmp_path):
    assert violations(write(graph, tmp_path / "graph.ttl")) == ()
    assert violations(write(Graph.from_records([]), tmp_path / "empty.ttl")) == ()
    base = "https://example.org/news/"
    assert violations(write(graph, tmp_path / "news.ttl", base_iri=base), base_iri=base) == ()


@pytest.mark.parametrize("damage", DAMAGES)
def test_the_shapes_find_damage_and_all_that_pyshacl_finds_by_the_shapes_as_they_stand(graph, tmp_path, damage):
    data = rdflib.Graph().parse(data=serialise(graph, "turtle"), format="turtle")
    data.update(damage)
    found = violations(data.serialize(tmp_path / "damaged.ttl", format="turtle") and tmp_path / "damaged.ttl")
    shape_graph = rdflib.Graph().parse(data=shapes(), format="turtle")
    conforms, report, _ = pyshacl.validate(data, shacl_graph=shape_graph)
    assert not conforms and len(found) == len(list(report.objects(None, rdflib.SH.resultMessage)))


def test_a_damaged_file_is_named(tmp_path):
    path = tmp_path / "graph.ttl"
    path.write_text("<https://example.org/a> a")
    with pytest.raises(ExportError, match="graph.ttl is damaged .*: run `kg build` again"):
        violations(path)
