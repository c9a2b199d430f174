from __future__ import annotations

import pytest

from kg.corpora.files import json_lines, numbered_lines, require_folder
from kg.errors import EvaluationError
from kg.evaluation.scoring import Counts, write_lines


def test_nothing_predicted_and_nothing_wanted_is_zero():
    assert Counts().scores("cue_") == {"cue_precision": 0.0, "cue_recall": 0.0, "cue_f1": 0.0}


def test_counts_by_hand():
    counts = Counts(correct=2, predicted=4, gold=8)
    assert (counts.precision, counts.recall) == (0.5, 0.25)
    assert counts.f1 == pytest.approx(1 / 3)


def test_blank_lines_are_passed_over_but_counted(tmp_path):
    path = tmp_path / "gold.txt"
    path.write_text("one\n\n  \nfour\r\n", encoding="utf8")
    assert list(numbered_lines(path)) == [(1, "one"), (4, "four")]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('{"text": "a"}\n{"text"\n', "line 2: not JSON"),
        ("[1]\n", "line 1: not a JSON object"),
        ("{}\n", "lacks the field text"),
    ],
)
def test_malformed_json_lines_name_file_and_line(tmp_path, content, reason):
    path = tmp_path / "gold.jsonl"
    path.write_text(content, encoding="utf8")
    with pytest.raises(EvaluationError, match=reason) as caught:
        list(json_lines(path, required=["text"]))
    assert str(path) in str(caught.value)


def test_missing_and_unreadable_gold(tmp_path):
    with pytest.raises(EvaluationError, match="is not a file"):
        list(numbered_lines(tmp_path / "none"))
    (tmp_path / "latin").write_bytes(b"caf\xe9")
    with pytest.raises(EvaluationError, match="not UTF-8"):
        list(numbered_lines(tmp_path / "latin"))
    with pytest.raises(EvaluationError, match="is not a folder"):
        require_folder(tmp_path / "latin")


def test_predictions_are_written_only_where_asked(tmp_path):
    write_lines(None, ["a"])
    write_lines(tmp_path / "new" / "out.txt", ["a", "b"])
    assert (tmp_path / "new" / "out.txt").read_text(encoding="utf8") == "a\nb\n"
