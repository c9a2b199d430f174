"""How the spellings of a name are made, and how one is judged."""

from __future__ import annotations

from collections import Counter

import pytest

from kg.actors.knowledge_base import KnowledgeBase
from kg.actors.linking import Context, Linker
from kg.actors.lookups import Lookups
from kg.errors import EvaluationError
from kg.evaluation import run
from kg.evaluation.variants import COLUMNS, DATE, GOLD, PER_NAME, Known, outcome, read, spellings

LEADER = Known("Q7747", "Vladimir Putin", "person", "RUS", "President", "Putin")
HEADER = "\t".join(COLUMNS)


def test_every_name_has_as_many_spellings_none_of_them_its_own():
    names = read(GOLD)
    assert Counter(known.kind for known in names) == {"person": 50, "country": 50}
    for known in names:
        made = [spelling for _, spelling in spellings(known)]
        assert len(set(made)) == PER_NAME
        assert known.name not in made


def test_every_sort_is_among_the_spellings_of_a_person():
    made = spellings(LEADER)
    assert {sort for sort, _ in made} == {"accents", "transliteration", "title", "initials", "order"}
    assert {"Putin, Vladimir", "Putin Vladimir", "V. Putin", "President Vladimir Putin"} <= {name for _, name in made}


@pytest.mark.parametrize(
    ("spelling", "judged"),
    [("President Vladimír Putin", "right"), ("Volodymyr Zelenskyy", "wrong"), ("Vladimir Elphberg", "unlinked")],
)
def test_a_spelling_is_right_wrong_or_unlinked(spelling, judged):
    context = Context(date=DATE, countries=Counter({"RUS": 1, "UKR": 1}))
    assert outcome(Linker(Lookups(KnowledgeBase.load()), context), LEADER, spelling) == judged


def test_a_table_of_ones_own(tmp_path):
    gold = tmp_path / "names.tsv"
    gold.write_text(f"{HEADER}\nQ7747\tRudolf Elphberg\tperson\tRUS\tKing\tElphberg\town\n", encoding="utf8")
    scores = run("variants", gold=gold)
    assert (scores["task"], scores["n"], scores["right"], scores["unlinked"]) == ("variants", 10, 0.0, 1.0)


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", "is no table of names"), (HEADER, "is no table of names"), (f"{HEADER}\nQ1\tOrbit\tplanet", "line 2")],
)
def test_a_table_that_is_none(tmp_path, text, reason):
    gold = tmp_path / "names.tsv"
    gold.write_text(text, encoding="utf8")
    with pytest.raises(EvaluationError, match=reason):
        run("variants", gold=gold)
