"""Graphs built elsewhere, merged into a folder: the same bytes, built on alike, and nothing touched when refused."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

import kg
from kg.engines.imports import Imported, import_graphs
from kg.engines.outputs import export
from kg.errors import GraphFileError
from kg.graph import Graph
from kg.ledger import Ledger
from kg.rdf import write

SEEDS = Path(__file__).parents[2] / "seeds"
MORE = "The United States has warned Russia. NATO sent weapons to Ukraine, Germany said."


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("built")
    kg.build([SEEDS], published="2022-02-01", out=out)
    return out


@pytest.mark.parametrize("format", ["trig", "nquads"])
def test_a_build_that_is_imported_gives_the_same_files(built: Path, tmp_path: Path, format: str) -> None:
    file = export(format, folder=built, to=tmp_path / f"elsewhere.{'nq' if format == 'nquads' else format}")
    claims = len(kg.open_graph(built).claims)
    assert import_graphs([file], out=tmp_path / "out") == Imported(1, 0, claims, 0)
    for name in ("graph.trig", "graph.ttl", "graph.html"):
        assert (tmp_path / "out" / name).read_bytes() == (built / name).read_bytes()
    report = json.loads((tmp_path / "out" / "report.json").read_text())
    wanted = json.loads((built / "report.json").read_text())
    assert {name: wanted[name] for name in report} == report | {
        name: wanted[name] for name in ("made_by", "written_for")
    }
    assert report["made_by"] is None
    assert import_graphs([file], out=tmp_path / "out") == Imported(1, 1, claims, 0)
    assert (tmp_path / "out" / "graph.trig").read_bytes() == (built / "graph.trig").read_bytes()


def test_building_on_an_import_gives_the_graph_of_building_on_the_original(built: Path, tmp_path: Path) -> None:
    (tmp_path / "more.txt").write_text(MORE)
    import_graphs([built / "graph.trig"], out=tmp_path / "imported")
    for folder in (tmp_path / "imported", tmp_path / "whole"):
        paths = [tmp_path / "more.txt"] if folder.name == "imported" else [SEEDS, tmp_path / "more.txt"]
        assert kg.build(paths, published="2022-02-01", out=folder).ok
    for name in ("graph.trig", "graph.ttl", "graph.html"):
        assert (tmp_path / "imported" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()


def test_graphs_of_two_files_are_merged_and_the_last_of_an_article_counts(records, tmp_path: Path) -> None:
    first, second = records
    other = replace(first, claims=first.claims[2:])
    files = [
        write(Graph.from_records(found), tmp_path / f"{number}.trig", "trig", base_iri=f"https://example.org/{number}/")
        for number, found in enumerate([[first], [second, other]])
    ]
    assert import_graphs(files, out=tmp_path / "out").articles == 2
    graph = kg.open_graph(tmp_path / "out")
    assert set(graph.claims) == {claim.id for record in (other, second) for claim in record.claims}
    assert b"<https://example.org/0/" in (tmp_path / "out" / "graph.ttl").read_bytes()
    assert b"https://example.org/1/" not in (tmp_path / "out" / "graph.ttl").read_bytes()


def test_a_foreign_file_leaves_the_ledger_as_it_was(records, tmp_path: Path) -> None:
    out = tmp_path / "out"
    Ledger(out).append(records[:1])
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    good = write(Graph.from_records(records), tmp_path / "good.trig", "trig")
    foreign = tmp_path / "foreign.trig"
    foreign.write_text("<https://example.org/g> { <https://example.org/a> <https://example.org/b> 'c' }")
    with pytest.raises(GraphFileError, match=r"foreign\.trig: holds no graph that kg wrote"):
        import_graphs([good, foreign], out=out)
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
