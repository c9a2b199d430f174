from __future__ import annotations

import pytest

from kg.errors import EvaluationError
from kg.evaluation.benchie import expresses, read, score_sentence
from kg.evaluation.scoring import Counts

GOLD = """sent_id:1\tHe served as the first Minister and left .
1--> Cluster 1:
He --> served as --> [the] [first] Minister
He --> served --> as [the] [first] Minister
1--> Cluster 2:
He --> left --> Minister[, too]
1--> Cluster 3:
He --> was --> Minister

sent_id:2\tIt rained .
"""


@pytest.fixture
def sheets(tmp_path):
    path = tmp_path / "gold.txt"
    path.write_text(GOLD, encoding="utf8")
    return read(path)


def test_reading(sheets):
    assert [(sheet.id, len(sheet.facts)) for sheet in sheets] == [("1", 3), ("2", 0)]
    assert sheets[1].words == ["It", "rained", "."]


@pytest.mark.parametrize(
    ("triple", "right"),
    [
        (("He", "served as", "Minister"), True),
        (("He", "served as", "the Minister"), True),
        (("He", "served", "as first Minister"), True),
        (("He", "served as", "first the Minister"), False),
        (("He", "served", "the Minister"), False),
        (("he", "served as", "Minister"), False),
        (("He", "served as the", "Minister"), False),
    ],
)
def test_brackets_may_be_left_out_and_slots_are_strict(sheets, triple, right):
    assert expresses(triple, sheets[0].facts[0]) is right


def test_a_bracket_may_hold_several_words(sheets):
    fact = sheets[0].facts[1]
    assert expresses(("He", "left", "Minister"), fact)
    assert expresses(("He", "left", "Minister , too"), fact)
    assert not expresses(("He", "left", "Minister ,"), fact)


def test_a_fact_found_twice_counts_once(sheets):
    triples = [("He", "served as", "Minister"), ("He", "served", "as Minister"), ("He", "ran", "off")]
    counts = score_sentence(sheets[0].facts, triples)
    assert counts == Counts(correct=1, predicted=2, gold=3)
    assert (counts.precision, counts.recall) == (0.5, pytest.approx(1 / 3))


def test_everything_and_nothing(sheets):
    facts = sheets[0].facts
    every = [("He", "served as", "the first Minister"), ("He", "left", "Minister"), ("He", "was", "Minister")]
    assert score_sentence(facts, every).f1 == 1.0
    assert score_sentence(facts, []).f1 == 0.0


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("He --> left --> it\n", "line 1: the file must open"),
        ("sent_id:1\n", "line 1: a sentence needs"),
        ("sent_id:1\tHe left .\nHe --> left --> it\n", "line 2: a triple stands before its cluster"),
        (
            "sent_id:1\tHe left .\n1--> Cluster 1:\nHe --> left\n",
            "line 3: a triple has three slots divided by '-->', not 2",
        ),
        ("sent_id:1\tHe left .\n1--> Cluster 1:\nHe --> left --> [it\n", "line 3: a bracket is not closed"),
        ("\n", "holds no sentence"),
    ],
)
def test_malformed_gold(tmp_path, content, reason):
    path = tmp_path / "gold.txt"
    path.write_text(content, encoding="utf8")
    with pytest.raises(EvaluationError, match=reason) as caught:
        read(path)
    assert str(path) in str(caught.value)
