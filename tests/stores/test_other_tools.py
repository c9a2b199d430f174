"""The documents under the parsers and the reasoner that others wrote."""

from __future__ import annotations

import os
import shutil
import subprocess
from importlib.util import find_spec

import pyoxigraph
import pytest
import rdflib

from kg.rdf import BASE_IRI, FORMATS, ontology, quads, write
from kg.rdf.names import EXTERNAL

pytestmark = pytest.mark.stores

COMMANDS = {
    "rapper": lambda path, format: ["rapper", "-q", "-i", format, "-o", "ntriples", str(path)],
    "serdi": lambda path, format: ["serdi", "-i", format, "-o", "nquads", str(path)],
}
# What each command reads, by our name of the format and its own.
READS = [
    ("rapper", "turtle", "turtle"), ("rapper", "ntriples", "ntriples"), ("rapper", "rdfxml", "rdfxml"),
    ("rapper", "trig", "trig"), ("rapper", "nquads", "nquads"),
    ("serdi", "turtle", "turtle"), ("serdi", "ntriples", "ntriples"), ("serdi", "trig", "trig"),
    ("serdi", "nquads", "nquads"),
]  # fmt: skip
HOSTILE = 'He said: "No\\never"\n\t— 警告 🇺🇦 \u2028 </script> {} <>'


def found_in(lines: bytes) -> set[pyoxigraph.Triple]:
    return {quad.triple for quad in pyoxigraph.parse(lines, format=pyoxigraph.RdfFormat.N_QUADS)}


@pytest.fixture
def hostile(writer, records):
    from kg.graph import Graph

    article = writer("a3", title=HOSTILE)
    article.claim("Russia", "warn", "NATO")
    return Graph.from_records([*records, article.record()])


@pytest.mark.parametrize(("command", "format", "their"), READS)
def test_other_parsers_read_the_same_triples(hostile, tmp_path, command, format, their):
    if not shutil.which(command):
        request_missing(f"needs {command}: apt-get install {'raptor2-utils' if command == 'rapper' else 'serdi'}")
    path = write(hostile, tmp_path / "graph", format)
    done = subprocess.run(COMMANDS[command](path, their), capture_output=True, check=True)
    assert found_in(done.stdout) == {quad.triple for quad in quads(hostile)}


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_is_read_back_by_oxigraph(hostile, tmp_path, format):
    path = write(hostile, tmp_path / "graph", format)
    parsed = {quad.triple for quad in pyoxigraph.parse(path=path, format=FORMATS[format])}
    assert parsed == {quad.triple for quad in quads(hostile)}


CLASH = """
<https://example.org/#Both> <{rdf}type> <{owl}Class> .
<https://example.org/#Both> <{rdfs}subClassOf> <{kg}Person> .
<https://example.org/#Both> <{owl}disjointWith> <{kg}Person> .
""".format(rdf=EXTERNAL["rdf"], rdfs=EXTERNAL["rdfs"], owl=EXTERNAL["owl"], kg=BASE_IRI + "ontology#")


@pytest.mark.parametrize(("more", "clashes"), [("", []), (CLASH, ["Both"])], ids=["as it is", "with a clash"])
def test_the_ontology_is_consistent_under_hermit(tmp_path, more, clashes):
    if not (find_spec("owlready2") and shutil.which("java")):
        request_missing("needs owlready2 and Java: pip install owlready2, apt-get install default-jre-headless")
    from owlready2 import World, sync_reasoner_hermit

    path = tmp_path / "ontology.nt"
    lines = rdflib.Graph().parse(data=ontology(), format="turtle").serialize(format="nt")
    path.write_text(lines + more, encoding="utf-8")
    world = World()
    loaded = world.get_ontology(path.as_uri()).load()
    assert len(list(loaded.classes())) > 5
    sync_reasoner_hermit(world, debug=0)
    assert [found.name for found in world.inconsistent_classes() if found.name != "Nothing"] == clashes


def request_missing(reason: str) -> None:
    (pytest.fail if os.environ.get("KG_REQUIRE_STORES") else pytest.skip)(reason)
