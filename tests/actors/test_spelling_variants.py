"""A thousand spellings of a hundred leaders and countries, made by rule: nearly all found, none taken for another."""

from __future__ import annotations

from kg.evaluation.variants import score


def test_a_thousand_spellings():
    scores = score()
    assert scores["n"] == 1000
    assert scores["wrong"] == 0
    assert scores["right"] >= 0.97
