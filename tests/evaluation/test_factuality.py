from __future__ import annotations

import json
from dataclasses import dataclass

import pytest

from kg.errors import EvaluationError
from kg.evaluation import factuality

TEXT = "He did n't go , she may ."
SHOWN = "He didn't go, she may."


@dataclass(frozen=True)
class Known:
    """A standing whose factuality is given."""

    factuality: float


DENIED, POSSIBLE, FUTURE = Known(-3.0), Known(1.0), Known(2.0)


def say(monkeypatch, words):
    """Let the extractor say this of words."""
    monkeypatch.setattr(factuality, "standings", lambda doc: words)


@pytest.fixture
def gold(tmp_path):
    targets = [{"span1": [3, 4], "label": -3.0}, {"span1": [6, 7], "label": 1.0}, {"span1": [5, 6], "label": 2.0}]
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"text": TEXT, "targets": targets}) + "\n", encoding="utf8")
    return path


@pytest.fixture
def doc(make_doc):
    spaces = [True, False, True, False, True, True, False, False]
    return make_doc("He did n't go , she may .", [3, 3, 3, 3, 3, 6, 3, 3], spaces=spaces)


def test_values_by_hand(gold, doc, prepared, monkeypatch, tmp_path):
    say(monkeypatch, {3: DENIED, 6: POSSIBLE})
    written = tmp_path / "out.jsonl"
    scores = factuality.score(gold, nlp=prepared(doc), predictions=written)
    # gold -3, 1, 2 and predicted -3, 1, 0: means 0 and -2/3
    covariance = -3 * (-3 + 2 / 3) + 1 * (1 + 2 / 3) + 2 * (2 / 3)
    spread = ((-3 + 2 / 3) ** 2 + (1 + 2 / 3) ** 2 + (2 / 3) ** 2) * 14
    assert scores == {
        "n": 3, "r": pytest.approx(covariance / spread**0.5), "mae": pytest.approx(2 / 3),
        "covered": pytest.approx(2 / 3),
    }  # fmt: skip
    assert json.loads(written.read_text(encoding="utf8"))["targets"][0] == {
        "span1": [3, 4], "label": -3.0, "span_text": "go",
    }  # fmt: skip


def test_perfect(gold, doc, prepared, monkeypatch):
    say(monkeypatch, {3: DENIED, 6: POSSIBLE, 5: FUTURE})
    scores = factuality.score(gold, nlp=prepared(doc))
    assert (scores["r"], scores["mae"]) == (pytest.approx(1.0), 0.0)


def test_nothing_predicted(gold, doc, prepared, monkeypatch):
    say(monkeypatch, {})
    scores = factuality.score(gold, nlp=prepared(doc))
    assert (scores["r"], scores["mae"], scores["covered"]) == (0.0, 2.0, 0.0)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"text": "He left", "targets": [{"span1": [9, 10], "label": 1}]}', "line 1: the sentence has no word 9"),
        ('{"text": "He left", "targets": [{"label": 1}]}', 'line 1: a target needs "span1"'),
        ('{"text": "He left", "targets": [{"span1": [0, 1], "label": "x"}]}', 'line 1: a target needs "span1"'),
        ('{"text": "He left"}', "line 1: lacks the field targets"),
        ('{"text": "He left", "targets": []}', "holds no target"),
    ],
)
def test_malformed_gold(tmp_path, line, reason):
    path = tmp_path / "gold.jsonl"
    path.write_text(line, encoding="utf8")
    with pytest.raises(EvaluationError, match=reason) as caught:
        factuality.read(path)
    assert str(path) in str(caught.value)
