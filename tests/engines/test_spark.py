"""Spark: the same graph as on one machine, and clear words where something is missing."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pyarrow as pa
import pytest

from kg.engines import spark
from kg.engines.batches import ARTICLE_SCHEMA, article_row, from_wire, items_of_tables, tables_of_articles, to_wire
from kg.engines.build import build
from kg.engines.local import extract
from kg.errors import EngineError
from kg.model import Article
from kg.reading import Rejected

TEXTS = [
    "Russia rejected the demands of NATO.",
    "The United States has sent weapons to Ukraine, officials said on Monday.",
    "Iran said that Israel had attacked its embassy in Damascus.",
    "Japan and Australia signed a defence agreement in Tokyo on 3 May 2024.",
] * 5


def batch_of(article: Article) -> pa.RecordBatch:
    row = dict(zip(ARTICLE_SCHEMA.names, article_row(article), strict=True))
    return pa.RecordBatch.from_pylist([row], ARTICLE_SCHEMA)


def test_a_batch_of_articles_becomes_the_tables_of_a_ledger_and_comes_back() -> None:
    article = Article.make(text=TEXTS[0], id="a")
    wire = to_wire(tables_of_articles(batch_of(article), pipeline="small"))
    back = list(items_of_tables(from_wire((row["table"], row["data"]) for row in wire.to_pylist())))
    assert back == [extract(article, pipeline="small")]


def test_a_rejection_comes_back_too() -> None:
    article = Article.make(text="Un accord a été signé.", id="f", language="fr")
    (back,) = items_of_tables(tables_of_articles(batch_of(article), pipeline="small"))
    assert isinstance(back, Rejected) and back.error == "OtherLanguage"


def test_without_pyspark_the_command_to_install_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(EngineError, match=r"--engine spark needs PySpark: run .*\[spark\]"):
        list(spark.extract_all([Article.make(text=TEXTS[0])], pipeline="small"))


@pytest.mark.spark
def test_the_files_are_those_of_the_local_engine_to_the_byte(tmp_path: Path) -> None:
    pytest.importorskip("pyspark", reason="the extra spark")
    if shutil.which("java") is None:
        pytest.skip("needs Java")
    rows = [{"id": f"a{n:02}", "text": text, "published": "2024-05-06"} for n, text in enumerate(TEXTS)]
    rows.append({"id": "long", "text": " ".join(TEXTS * 20), "published": "2024-05-06"})
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows) + "{broken\n")
    there = build([tmp_path / "in.jsonl"], out=tmp_path / "spark", pipeline="small", engine="spark", master="local[2]")
    here = build([tmp_path / "in.jsonl"], out=tmp_path / "local", pipeline="small")
    assert (there.read, len(there.rejected)) == (here.read, len(here.rejected)) == (21, 1)
    for name in ("graph.ttl", "graph.trig", "graph.html", "report.json"):
        assert (tmp_path / "spark" / name).read_bytes() == (tmp_path / "local" / name).read_bytes()
