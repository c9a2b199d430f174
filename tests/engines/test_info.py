"""What ``kg info`` tells, and that NOTICE credits every source of what comes with the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.actors.knowledge_base import KnowledgeBase
from kg.engines.build import build
from kg.engines.info import info

NOTICE = (Path(__file__).parents[2] / "NOTICE").read_text(encoding="utf-8")


@pytest.mark.parametrize("source", KnowledgeBase.load().sources, ids=lambda source: source["name"])
def test_notice_credits_every_source_of_the_knowledge_base(source: dict[str, str]) -> None:
    assert f"- {source['attribution']} ({source['name']}). {source['licence']}." in NOTICE


def test_info_tells_what_is_installed(tmp_path: Path) -> None:
    facts = info(tmp_path)
    assert facts["graph"] is None
    assert facts["knowledge base"]["entities"] > 0
    assert {"turtle", "html"} <= set(facts["formats"])


def test_info_tells_what_a_graph_holds(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Russia rejected the demands of NATO.")
    report = build([tmp_path / "a.txt"], out=tmp_path / "out")
    graph = info(tmp_path / "out")["graph"]
    assert (graph["articles"], graph["statements"]) == (1, report.statements)
