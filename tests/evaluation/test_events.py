"""The scorer reads marked sentences and averages over types."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import EvaluationError
from kg.evaluation.events import Pair, macro_f1, read_pairs


def test_marks_become_spans(tmp_path: Path) -> None:
    gold = tmp_path / "pairs.tsv"
    gold.write_text("marked_sentence\troot\tpenta\n<s>Utopia</s> hit <t>Atlantis</t>.\tASSAULT\t4\n", encoding="utf-8")
    assert read_pairs(gold) == [Pair("Utopia hit Atlantis.", (0, 6), (11, 19), "ASSAULT", "4")]


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    gold = tmp_path / "pairs.tsv"
    gold.write_text("marked_sentence\troot\nx\tAID\n", encoding="utf-8")
    with pytest.raises(EvaluationError, match="penta"):
        read_pairs(gold)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="no such gold file"):
        read_pairs(tmp_path / "none.tsv")


def test_macro_f1_weighs_labels_alike() -> None:
    assert macro_f1(["AID"] * 9 + ["VETO"], ["AID"] * 10) == 0.4737
