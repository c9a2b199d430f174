from __future__ import annotations

import pytest

from kg.errors import EvaluationError
from kg.evaluation.carb import Extraction, match, read, score_extractions


def test_words_are_shared_slot_by_slot():
    gold = Extraction("sent", ("Russia", "troops", "to Syria"))
    # 1 of the relation, 1 of the subject, "troops" of the rest: of 1 + 1 + 2 predicted words and 1 + 1 + 3 gold words
    assert match(gold, Extraction("sent", ("Russia", "some troops"))) == (0.75, 0.6)


@pytest.mark.parametrize(
    ("gold", "predicted", "pair"),
    [
        (("left", ("He", "it")), ("went", ("He", "it")), (0.0, 0.0)),
        (("left", ("He", "it")), ("left", ("He",)), (0.0, 0.0)),
        (("is", ("He", "chief")), ("be", ("He", "chief")), (1.0, 1.0)),
        (("was said", ("He left", "she")), ("said", ("she", "He left")), (1.0, 0.8)),
        (("told", ("He", "left")), ("told", ("left", "He")), (1.0, 1.0)),
        (("saw", ("He", "left")), ("saw", ("left", "He")), (1 / 3, 1 / 3)),
        (("rained", ("It",)), ("rained", ("It", "hard")), (1.0, 1.0)),
    ],
)
def test_relations_and_arguments(gold, predicted, pair):
    assert match(Extraction(*gold), Extraction(*predicted)) == pytest.approx(pair)


def test_precision_pairs_once_and_recall_takes_the_best():
    gold = {"He left it .": [Extraction("left", ("He", "it"))]}
    twice = {"He left it.": [Extraction("left", ("He", "it")), Extraction("left", ("He", "it"))]}
    scores = score_extractions(gold, twice)
    assert (scores["precision"], scores["recall"], scores["f1"]) == (0.5, 1.0, pytest.approx(2 / 3))


def test_the_best_threshold_is_reported():
    gold = {"s": [Extraction("left", ("He", "it"))]}
    found = {"s": [Extraction("went", ("He", "it"), 0.1), Extraction("left", ("He", "it"), 0.9)]}
    scores = score_extractions(gold, found)
    assert (scores["precision"], scores["recall"], scores["f1"]) == (1.0, 1.0, 1.0)
    assert scores["f1_all"] == pytest.approx(2 / 3)


def test_a_sentence_without_predictions_costs_recall():
    gold = {"a": [Extraction("left", ("He", "it"))], "b": [Extraction("left", ("She", "it"))]}
    scores = score_extractions(gold, {"a": gold["a"]})
    assert (scores["precision"], scores["recall"]) == (1.0, 0.5)


def test_the_most_precise_pairs_go_first():
    gold = {"s": [Extraction("took", ("He", "a b")), Extraction("took", ("He", "a b c d"))]}
    found = {"s": [Extraction("took", ("He", "a b c d")), Extraction("took", ("He", "a b x"))]}
    # pairs: (gold 2, found 1) 6/6, then (gold 1, found 2) 4/5; recall 4/4 and 6/6
    assert score_extractions(gold, found)["precision"] == pytest.approx((1 + 0.8) / 2)
    assert score_extractions(gold, found)["recall"] == 1.0


def test_nothing_predicted():
    gold = {"a": [Extraction("left", ("He", "it"))]}
    assert score_extractions(gold, {}) == {"precision": 0.0, "recall": 0.0, "f1": 0.0, "f1_all": 0.0}


def test_reading_leaves_marks_and_contexts_out(tmp_path):
    path = tmp_path / "gold.tsv"
    path.write_text("He left it .\tleft\tHe\tit\tT: on Monday\tC: she said\n", encoding="utf8")
    assert read(path) == {"He left it .": [Extraction("left", ("He", "it", "on Monday"))]}


@pytest.mark.parametrize(("content", "reason"), [("He left .\tleft\n", "line 1: a tuple has"), ("", "holds no tuple")])
def test_malformed_gold(tmp_path, content, reason):
    path = tmp_path / "gold.tsv"
    path.write_text(content, encoding="utf8")
    with pytest.raises(EvaluationError, match=reason) as caught:
        read(path)
    assert str(path) in str(caught.value)
