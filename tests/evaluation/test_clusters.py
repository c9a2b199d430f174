from __future__ import annotations

import pytest

from kg.evaluation.clusters import Tally, b_cubed, best_similarity, muc

# The worked example of Pradhan et al. 2014, "Scoring coreference partitions of predicted mentions".
KEY = [frozenset("abc"), frozenset("defg")]
RESPONSE = [frozenset("ab"), frozenset("cd"), frozenset("fghi")]


def test_muc_by_hand():
    assert muc(KEY, RESPONSE).value == pytest.approx(2 / 5)
    assert muc(RESPONSE, KEY).value == pytest.approx(2 / 5)


def test_b_cubed_by_hand():
    assert b_cubed(KEY, RESPONSE).value == pytest.approx(35 / 84)
    assert b_cubed(RESPONSE, KEY).value == pytest.approx(4 / 8)


def test_ceaf_by_hand():
    assert best_similarity(KEY, RESPONSE) == pytest.approx(0.8 + 0.5)


def test_the_mean_of_the_three():
    tally = Tally()
    tally.add(KEY, RESPONSE)
    scores = tally.scores()
    ceafe = 2 * (1.3 / 3) * (1.3 / 2) / (1.3 / 3 + 1.3 / 2)
    b3 = 2 * 0.5 * (35 / 84) / (0.5 + 35 / 84)
    assert scores == pytest.approx({"muc": 0.4, "b3": b3, "ceafe": ceafe, "conll_f1": (0.4 + b3 + ceafe) / 3})


def test_the_best_alignment_is_not_the_greedy_one():
    # The most similar pair is worth 4/6 and leaves nothing; the two others are worth 2/5 each.
    key = [frozenset({1, 2, 3}), frozenset({4, 5})]
    response = [frozenset({1, 2, 4}), frozenset({3, 6})]
    assert best_similarity(key, response) == pytest.approx(2 / 5 + 2 / 5)


def test_perfect_nothing_and_singletons():
    for clusters, expected in ((KEY, 1.0), ([], 0.0), ([frozenset("a"), frozenset("d")], 0.0)):
        tally = Tally()
        tally.add(KEY, clusters)
        assert tally.scores() == dict.fromkeys(("muc", "b3", "ceafe", "conll_f1"), expected)


def test_singletons_do_not_count_on_either_side():
    tally = Tally()
    tally.add([*KEY, frozenset("z")], [*KEY, frozenset("y")])
    assert tally.scores()["conll_f1"] == 1.0
