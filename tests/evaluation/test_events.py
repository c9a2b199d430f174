"""The scorer reads marked sentences and averages over types."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import training
from kg.corpora.event_pairs import Pair, read_pairs
from kg.errors import EvaluationError
from kg.evaluation.events import macro_f1
from kg.model import EVENT_TYPES

HEADER = "sentence\tsource\ttarget\troot\tpart\n"
WRITTEN = Path(training.__file__).with_name("event_sentences.tsv")


def test_marks_become_spans(tmp_path: Path) -> None:
    gold = tmp_path / "pairs.tsv"
    gold.write_text("marked_sentence\troot\tpenta\n<s>Utopia</s> hit <t>Atlantis</t>.\tASSAULT\t4\n", encoding="utf-8")
    assert read_pairs(gold) == [Pair("Utopia hit Atlantis.", (0, 6), (11, 19), "ASSAULT", "4")]


def test_words_of_source_and_target_become_spans(tmp_path: Path) -> None:
    gold = tmp_path / "sentences.tsv"
    rows = "Utopia hit Atlantis.\tUtopia\tAtlantis\tASSAULT\theld\nUtopia is hot.\tUtopia\thot\tnone\tread\n"
    gold.write_text(HEADER + rows, encoding="utf-8")
    assert read_pairs(gold) == [
        Pair("Utopia hit Atlantis.", (0, 6), (11, 19), "ASSAULT", "4", older=False, held=True),
        Pair("Utopia is hot.", (0, 6), (10, 13), "", "", older=False),
    ]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("Utopia hit Atlantis.\tUtopia\tAtlantis\tHIT\tread", "HIT"),
        ("Utopia.\tUtopia\tAtlantis\tAID\tread", "Atlantis"),
    ],
)
def test_a_damaged_row_is_named(tmp_path: Path, row: str, message: str) -> None:
    gold = tmp_path / "sentences.tsv"
    gold.write_text(HEADER + row + "\n", encoding="utf-8")
    with pytest.raises(EvaluationError, match=f"line 2.*{message}"):
        read_pairs(gold)


def test_written_sentences_are_spread_over_the_types_and_a_third_of_each_is_held() -> None:
    pairs = read_pairs(WRITTEN)
    assert len({pair.text for pair in pairs}) == len(pairs) >= 1500
    for root in (*EVENT_TYPES, ""):
        held = [pair.held for pair in pairs if pair.root == root]
        assert len(held) >= 80
        assert 0.25 < sum(held) / len(held) < 0.42


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    gold = tmp_path / "pairs.tsv"
    gold.write_text("marked_sentence\troot\nx\tAID\n", encoding="utf-8")
    with pytest.raises(EvaluationError, match="penta"):
        read_pairs(gold)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="no such gold file"):
        read_pairs(tmp_path / "none.tsv")


def test_macro_f1_counts_an_event_where_there_is_none_as_wrong() -> None:
    assert macro_f1(["AID", ""], ["AID", "AID"]) == 0.6667


def test_macro_f1_weighs_labels_alike() -> None:
    assert macro_f1(["AID"] * 9 + ["VETO"], ["AID"] * 10) == 0.4737
