"""The scorer of mentions as in news."""

from __future__ import annotations

import pytest

from kg.actors.knowledge_base import KnowledgeBase
from kg.errors import EvaluationError
from kg.evaluation.mentions import judged, read
from kg.model import Entity


def test_marks_are_taken_out_and_spans_stay_right(tmp_path) -> None:
    file = tmp_path / "m.tsv"
    file.write_text("# a remark\n2025-01-02\t[Britain|Q145] met the [Houthis|=Houthis].\n")
    (item,) = read(file)
    assert item.text == "Britain met the Houthis."
    assert {item.text[s.start : s.end]: meant for s, meant in item.gold.items()} == {
        "Britain": "Q145",
        "Houthis": "=Houthis",
    }


def test_a_line_without_a_mark_is_refused(tmp_path) -> None:
    (tmp_path / "m.tsv").write_text("2025-01-02\tNobody met.\n")
    with pytest.raises(EvaluationError, match="m.tsv"):
        list(read(tmp_path / "m.tsv"))


def test_what_is_right_wrong_unlinked_and_of_the_wrong_kind() -> None:
    base = KnowledgeBase.load()
    assert judged(Entity("Q145", "country", "United Kingdom"), "Q145", base) == ["right"]
    assert judged(Entity("Q142", "country", "France"), "Q145", base) == ["wrong"]
    assert judged(Entity("xnobody", "person", "Britain"), "Q145", base) == ["unlinked", "wrong_kind"]
    assert judged(None, "Q145", base) == ["unlinked"]
