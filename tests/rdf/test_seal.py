"""A store that lost a piece of itself is refused, and mended by the next build; it never answers as if nothing were."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg.errors import LedgerError
from kg.graph import Graph
from kg.rdf import TripleStore
from kg.rdf.seal import SEAL, flaw

QUERY = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def files(folder: Path) -> list[Path]:
    passing = ("LOG", "LOCK", "IDENTITY")
    return sorted(path for path in (folder / "store").iterdir() if not path.name.startswith(passing))


def test_any_truncated_or_missing_file_is_told_or_does_no_harm(records, tmp_path: Path) -> None:
    whole = TripleStore.build(Graph.from_records(records), tmp_path / "whole").parent
    wanted = TripleStore.open(whole).query(QUERY).rows
    told = 0
    for number, path in enumerate(files(whole)):
        for share in (None, 0.0, 0.5, 0.9):
            copy = tmp_path / f"{number}-{share}"
            shutil.copytree(whole, copy)
            damaged = copy / "store" / path.name
            if share is None:
                damaged.unlink()
            else:
                damaged.write_bytes(path.read_bytes()[: int(share * path.stat().st_size)])
            try:
                assert TripleStore.open(copy).query(QUERY).rows == wanted
            except LedgerError as error:
                assert "is damaged" in str(error) and "run `kg build` again" in str(error)
                told += 1
            TripleStore.update(Graph.from_records(records), copy)
            assert TripleStore.open(copy).query(QUERY).rows == wanted
            shutil.rmtree(copy)
    assert told > 10


def test_a_store_that_was_added_to_is_sealed_again(records, tmp_path: Path) -> None:
    TripleStore.build(Graph.from_records(records[:1]), tmp_path)
    path = TripleStore.update(Graph.from_records(records), tmp_path)
    assert flaw(path) is None
    TripleStore.open(tmp_path).query(QUERY)
    assert flaw(path) is None
    (path / SEAL).write_text("{")
    with pytest.raises(LedgerError, match=r"kg\.json cannot be read"):
        TripleStore.open(tmp_path)


def test_a_file_beside_it_counts(records, tmp_path: Path) -> None:
    from kg.engines.outputs import write_outputs

    write_outputs(Graph.from_records(records), tmp_path, pipeline=None, base_iri=None)
    turtle = tmp_path / "graph.ttl"
    assert flaw(tmp_path / "store", beside=[turtle]) is None
    turtle.write_bytes(turtle.read_bytes()[:-1])
    assert flaw(tmp_path / "store", beside=[turtle]) == "graph.ttl is not as it was left"
