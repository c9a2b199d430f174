"""Parts of a graph, and a graph that is saved, shown and exported from Python."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.errors import ExportError, LedgerError, QueryError

TEXTS = [
    {"text": "Laos rejected the proposal of Vietnam. Fiji threatened Tonga on Monday.", "published": "2023-05-02"},
    {"text": "Vietnam criticised Laos. Peru said that Chile would attack Bolivia.", "published": "2024-06-11"},
]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> kg.BuildReport:
    return kg.build(TEXTS, out=tmp_path_factory.mktemp("built"), pipeline="small")


def names(graph: kg.Graph) -> set[str]:
    return {entity.name for entity in graph.entities.values()}


def test_a_graph_is_short_to_show_and_iterates_over_its_statements(report: kg.BuildReport) -> None:
    graph = report.graph
    assert repr(graph) == (
        f"Graph(articles=2, entities={report.entities}, claims={report.claims}, statements={report.statements})"
    )
    assert len(graph) == report.statements == len(list(graph)) > 2


def test_filters_keep_what_fits_and_what_it_stands_on(report: kg.BuildReport) -> None:
    graph = report.graph
    laos = graph.filter(actors="Laos")
    assert {"Laos", "Vietnam"} <= names(laos) and "Fiji" not in names(laos)
    assert set(laos.claims) < set(graph.claims) and len(laos.articles) == 2
    assert len(graph.filter(since="2024").articles) == 1
    assert len(graph.filter(actors=["Laos", "Fiji"], until="2023-12-31").articles) == 1
    assert {claim.event.type for claim in graph.filter(types="threaten").claims.values() if claim.event} == {"THREATEN"}
    assert not graph.filter(confidence=1.0).claims and graph.filter(confidence=0.0).claims == graph.claims
    said = graph.filter(actors="Peru")
    assert "Bolivia" in names(said), "what a claim reports goes with it"
    with pytest.raises(QueryError, match="Atlantis"):
        graph.filter(actors="Atlantis")
    with pytest.raises(QueryError, match="THREATEN"):
        graph.filter(types="WAR")


def test_a_graph_that_is_saved_opens_as_it_was(report: kg.BuildReport, tmp_path: Path) -> None:
    graph = report.graph
    saved = kg.open_graph(graph.save(tmp_path / "new" / "folder"))
    assert saved.claims == graph.claims and saved.entities == graph.entities and saved.articles == graph.articles
    assert (tmp_path / "new" / "folder" / "graph.html").exists()
    part = graph.filter(actors="Fiji")
    with pytest.raises(LedgerError, match="empty folder"):
        part.save(tmp_path / "new" / "folder")


@pytest.mark.parametrize("format", ["turtle", "gexf", "events", "graphml", "html", "csv"])
def test_every_format_is_written_where_it_is_told(report: kg.BuildReport, tmp_path: Path, format: str) -> None:
    graph = report.graph
    path = graph.export(format, str(tmp_path / "a" / "b" / f"graph.{format}"))
    assert path.exists() and path.stat().st_size
    with pytest.raises(ExportError, match="unknown format"):
        graph.export("papyrus", tmp_path / "x")


def test_answers_iterate_and_become_tables(report: kg.BuildReport) -> None:
    answer = report.graph.query("SELECT ?claim WHERE { ?claim a kg:Claim }")
    assert len(answer) == len(list(answer)) == report.claims
    assert list(answer.to_pandas().columns) == ["claim"]
    assert report.graph.query("ASK { ?claim a kg:Claim }") and not report.graph.query("ASK { ?claim a kg:Nothing }")
