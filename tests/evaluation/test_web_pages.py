"""Our own pages in thirty layouts, and what is said where there are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import EvaluationError
from kg.evaluation import run

PAGES = Path(__file__).parents[1] / "reading" / "pages"


def test_articles_are_found_in_thirty_layouts() -> None:
    scores = run("pages", gold=PAGES)
    assert scores["n"] == 30
    assert scores["f1"] >= 0.97 and scores["titles"] == 1.0


def test_a_page_without_its_text_is_said(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="holds no pages"):
        run("pages", gold=tmp_path)
    (tmp_path / "a.html").write_text("<p>Laos opened a dam.</p>")
    with pytest.raises(EvaluationError, match=r"write a\.txt"):
        run("pages", gold=tmp_path)
