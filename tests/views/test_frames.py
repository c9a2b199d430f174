"""Data frames of pandas and polars: typed, the same rows as the tables on disk."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from kg.errors import ExportError
from kg.graph import Graph
from kg.views import frames, write

TABLES = ("claims", "events", "statements", "entities", "articles")


@pytest.mark.parametrize("table", TABLES)
def test_frames_hold_what_parquet_holds(graph: Graph, tmp_path: Path, table: str) -> None:
    rows = pq.read_table(write(graph, "parquet", tmp_path / "table.parquet", table=table)).to_pylist()
    assert rows
    polars, pandas = graph.to_polars(table), graph.to_pandas(table)
    assert polars.to_dicts() == rows
    assert list(pandas.columns) == list(rows[0])
    for name in pandas.columns:
        known = pandas[name].notna()
        found = [value.tolist() if hasattr(value, "tolist") else value for value in pandas[name][known]]
        assert found == [row[name] for row in rows if row[name] is not None]
        assert known.tolist() == [row[name] is not None for row in rows]


def test_columns_are_typed(graph: Graph) -> None:
    claims = graph.to_pandas()
    assert {name: str(claims[name].dtype) for name in ("relation", "quoted", "goldstein", "sentence_start")} == {
        "relation": "string", "quoted": "boolean", "goldstein": "float64", "sentence_start": "Int64",
    }  # fmt: skip
    assert str(graph.to_polars("events").schema["attributed_to"]) == "List(String)"
    inferred = [claim for claim in graph.claims.values() if claim.object and claim.object.inferred]
    assert inferred and sorted(claims[claims.inferred].id) == sorted(claim.id for claim in inferred)


@pytest.mark.parametrize("ask", ["to_pandas", "to_polars"])
def test_an_unknown_table_or_a_missing_library_is_named(
    graph: Graph, ask: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ExportError, match="no table 'people'; the tables are claims"):
        getattr(graph, ask)("people")
    monkeypatch.setattr(frames, "find_spec", lambda name: None if name in ("pandas", "polars") else find_spec(name))
    with pytest.raises(ExportError, match=r"needs it: run python -m pip install .*\[tables\]"):
        getattr(graph, ask)()
