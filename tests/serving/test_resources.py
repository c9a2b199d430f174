"""What the graph holds at the paths of its IRIs: a page for a browser, triples for programs."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pyoxigraph
import pytest
from starlette.testclient import TestClient

from kg.engines.outputs import write_outputs
from kg.graph import Graph
from kg.ledger import Ledger
from kg.rdf import Names, TripleStore
from kg.serving.app import application
from kg.serving.resources import found, iri_of
from kg.serving.worker import Query, Reply, reply

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.fixture
def graph(records) -> Graph:
    return Graph.from_records(records)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("resources")


@pytest.fixture
def client(graph: Graph, records, folder: Path):
    if not Ledger(folder).article_ids():
        Ledger(folder).append(records)
        write_outputs(graph, folder, pipeline=None, base_iri=None)
    with TestClient(application(folder, hosts=("testserver",))) as client:
        yield client


def test_an_entity_has_a_page_with_its_claims_and_sentences(client: TestClient, graph: Graph) -> None:
    page = client.get("/entity/Q7747", headers=BROWSER)
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "Vary" in page.headers
    assert "<h1>Vladimir Putin</h1>" in page.text
    sentences = {graph.sentence(c) for c in graph.claims.values() if c.subject.entity == "Q7747"}
    assert sentences and all(sentence.split("<")[0] in page.text for sentence in sentences)
    assert 'href="/graph.html#entity=Q7747"' in page.text
    assert 'href="http://www.wikidata.org/entity/Q7747"' in page.text


@pytest.mark.parametrize(
    ("accept", "type"), [("*/*", "text/turtle"), ("application/n-triples", "application/n-triples")]
)
def test_programs_get_its_triples(client: TestClient, accept: str, type: str) -> None:
    answer = client.get("/entity/Q7747", headers={"Accept": accept})
    assert answer.status_code == 200 and answer.headers["content-type"].startswith(type)
    format = pyoxigraph.RdfFormat.from_media_type(type)
    triples = list(pyoxigraph.parse(answer.content, format=format))
    assert {triple.subject.value for triple in triples} == {"https://w3id.org/geokg/entity/Q7747"}
    assert any(str(triple.object) == '"Vladimir Putin"@en' or "Putin" in str(triple.object) for triple in triples)


def test_every_link_of_its_own_leads_somewhere(client: TestClient, graph: Graph) -> None:
    for path in ("/entity/Q159", f"/claim/{next(iter(graph.claims))}"):
        text = client.get(path, headers=BROWSER).text
        links = {part.partition('"')[0] for part in text.split('href="/')[1:]}
        own = [
            link for link in links if link.split("/")[0] in ("entity", "claim", "article", "event", "relation", "span")
        ]
        assert own
        for link in own[:12]:
            assert client.get(f"/{link}", headers=BROWSER).status_code == 200, link


def test_an_article_lists_its_claims(client: TestClient, graph: Graph) -> None:
    names = Names()
    path = names.article("a2").value.removeprefix(names.base)
    text = client.get(f"/{path}", headers=BROWSER).text
    assert text.count('<a href="/claim/') >= sum(claim.article == "a2" for claim in graph.claims.values())


@pytest.mark.parametrize(
    "path", ["/entity/Q0", "/entity/" + quote("a> ?p ?o . <b", safe=""), "/claim/none", "/nothing/Q1"]
)
@pytest.mark.parametrize("accept", ["text/html", "text/turtle"])
def test_what_is_not_there_is_not_found(client: TestClient, path: str, accept: str) -> None:
    assert client.get(path, headers={"Accept": accept}).status_code == 404


def test_what_it_does_not_come_as_is_said(client: TestClient) -> None:
    answer = client.get("/entity/Q159", headers={"Accept": "image/png"})
    assert answer.status_code == 406 and "text/turtle" in answer.text


def test_a_path_with_more_in_it_is_no_iri() -> None:
    for name in ("", "a/b", "a>b", "é", "a b", "x" * 301):
        assert iri_of("entity", name, Names()) is None


def test_what_the_store_refuses_is_passed_on(graph: Graph) -> None:
    store = TripleStore.of(graph)

    async def refuse(question: Query) -> Reply:
        return reply(store, question) if "?o ?p <" not in question.sparql else Reply.said(503, "busy")

    # In a thread of its own: the driver of the browser tests leaves a loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        asked = found("https://w3id.org/geokg/entity/Q159", "entity", Names(), refuse)
        answer = thread.submit(asyncio.run, asked).result()
    assert isinstance(answer, Reply) and answer.status == 503
