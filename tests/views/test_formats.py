"""Graph files, tables and the Cypher script: read back by other programs, whatever the names hold."""

from __future__ import annotations

import csv
from pathlib import Path

import networkx as nx
import pyarrow.parquet as pq
import pytest

from kg.errors import ExportError
from kg.graph import Graph
from kg.views import formats, write

FORMATS = ("csv", "cypher", "gexf", "graphml", "html", "parquet")


def test_the_formats_are_registered() -> None:
    assert set(FORMATS) <= set(formats())


def test_an_unknown_format_names_the_known_ones(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="'dot'.*gexf, graphml"):
        write(graph, "dot", tmp_path / "graph.dot")


def test_a_place_that_cannot_be_written_is_named(graph: Graph, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ExportError, match="cannot write .*file/graph.csv"):
        write(graph, "csv", tmp_path / "file" / "graph.csv")


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_claims_give_the_same_bytes(records, format: str, tmp_path: Path) -> None:
    first = write(Graph.from_records(records), format, tmp_path / "first")
    second = write(Graph.from_records(reversed(records)), format, tmp_path / "second")
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("everything", [False, True])
def test_graphml_comes_back_as_it_was(graph: Graph, tmp_path: Path, everything: bool) -> None:
    path = write(graph, "graphml", tmp_path / "graph.graphml", all=everything)
    found, wanted = nx.read_graphml(path, force_multigraph=True), graph.to_networkx(all=everything)
    assert dict(found.nodes(data=True)) == dict(wanted.nodes(data=True))
    assert set(found.edges(keys=True)) == set(wanted.edges(keys=True))
    assert all(found.edges[edge] | {"id": edge[2]} == wanted.edges[edge] | {"id": edge[2]} for edge in wanted.edges)


def test_gexf_comes_back_as_it_was(graph: Graph, tmp_path: Path) -> None:
    found = nx.read_gexf(write(graph, "gexf", tmp_path / "graph.gexf"))
    wanted = graph.to_networkx()
    assert {id: node["label"] for id, node in found.nodes(data=True)} == {
        id: node["name"] for id, node in wanted.nodes(data=True)
    }
    assert sorted((a, b, edge["label"]) for a, b, edge in found.edges(data=True)) == sorted(
        (a, b, edge["label"]) for a, b, edge in wanted.edges(data=True)
    )


@pytest.mark.parametrize(("format", "read"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_hostile_names_are_well_formed_xml(hostile: Graph, tmp_path: Path, format: str, read) -> None:
    found = read(write(hostile, format, tmp_path / "graph"))
    names = {node.get("name") or node.get("label") for _, node in found.nodes(data=True)}
    assert "<script>window.stolen=1</script>" in names
    assert "روسيا تحذر حلف الناتو" in names
    assert len(found) == len(hostile.to_networkx())


def test_what_is_denied_or_possible_is_no_edge_unless_asked_for(graph: Graph, tmp_path: Path) -> None:
    asserted = nx.read_graphml(write(graph, "graphml", tmp_path / "asserted"), force_multigraph=True)
    everything = nx.read_graphml(write(graph, "graphml", tmp_path / "all", all=True), force_multigraph=True)
    assert not asserted.has_edge("Q458", "Q159")  # "may impose sanctions"
    assert everything.has_edge("Q458", "Q159")


def test_the_claims_come_back_from_csv(graph: Graph, tmp_path: Path) -> None:
    with write(graph, "csv", tmp_path / "claims.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["id"] for row in rows] == list(graph.claims)
    by_relation = {row["relation"]: row for row in rows}
    assert by_relation["send troops to"]["standing"] == "denied"
    assert by_relation["join"] | {"source_name": "Vladimir Putin", "modality": "possible"} == by_relation["join"]
    assert by_relation["leave"]["object"] == ""


@pytest.mark.parametrize("table", ["claims", "statements", "entities", "articles"])
def test_every_table_holds_the_same_in_csv_and_parquet(
    graph: Graph, hostile: Graph, tmp_path: Path, table: str
) -> None:
    for number, each in enumerate((graph, hostile)):
        rows = pq.read_table(write(each, "parquet", tmp_path / f"{number}.parquet", table=table)).to_pylist()
        with write(each, "csv", tmp_path / f"{number}.csv", table=table).open(encoding="utf-8", newline="") as lines:
            cells = list(csv.DictReader(lines))
        assert len(rows) == len(cells) == len(getattr(each, table))
        assert [row["id"] for row in rows] == [cell["id"] for cell in cells]
        assert set(rows[0]) == set(cells[0])


def test_an_unknown_table_names_the_known_ones(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="'mentions'.*claims, events, statements, entities, articles"):
        write(graph, "csv", tmp_path / "mentions.csv", table="mentions")


def test_cypher_has_a_line_for_each_thing(graph: Graph, tmp_path: Path) -> None:
    lines = write(graph, "cypher", tmp_path / "graph.cypher").read_text(encoding="utf-8").splitlines()
    assert all(line.endswith(";") for line in lines)
    assert sum(line.startswith("MERGE (n:Entity") for line in lines) == len(graph.entities)
    assert sum(line.startswith("MERGE (n:Claim") for line in lines) == len(graph.claims)
    assert sum("MERGE (a)-[r:" in line for line in lines) == sum(s.asserted for s in graph.statements)


def test_cypher_escapes_what_would_end_a_string(hostile: Graph, tmp_path: Path) -> None:
    text = write(hostile, "cypher", tmp_path / "graph.cypher").read_text(encoding="utf-8")
    assert r"\\d`e;f\'g" in text
    assert "\u2028" not in text
    for line in text.splitlines():
        unescaped = line.replace("\\\\", "").replace("\\'", "")
        assert unescaped.count("'") % 2 == 0
