from __future__ import annotations

import pytest

from kg.evaluation import triples
from kg.evaluation.words import detokenise
from kg.model import Argument, Participant, Span

TEXT = "He didn't send arms to Kyiv on Monday."
WORDS = "He did n't send arms to Kyiv on Monday ."
BENCHIE = f"sent_id:7\t{WORDS}\n1--> Cluster 1:\nHe --> did n't send --> arms\n"


def argument(role: str, words: str) -> Argument:
    start = TEXT.index(words)
    return Argument(role, words, Span(start, start + len(words)))


@pytest.fixture
def claim(make_claim):
    arguments = (argument("to", "Kyiv"), argument("time", "on Monday"), Argument("condition", claim="other"))
    return make_claim(TEXT, "He", "didn't send", "arms", arguments=arguments, confidence=0.5)


def test_binary_triples(claim):
    assert list(triples.render_triples(detokenise(WORDS.split()), claim)) == [
        ("He", "did n't send", "arms"),
        ("He", "did n't send arms to", "Kyiv"),
        ("He", "did n't send arms", "on Monday"),
    ]


def test_a_preposition_in_the_words_stays_there(make_claim):
    claim = make_claim(TEXT, "He", "didn't send", arguments=(argument("to", "to Kyiv"),))
    assert list(triples.render_triples(detokenise(WORDS.split()), claim)) == [("He", "did n't send", "to Kyiv")]


def test_tuples(claim):
    extraction = triples.render_tuple(detokenise(WORDS.split()), claim)
    assert (extraction.relation, extraction.confidence) == ("did n't send", 0.5)
    assert extraction.arguments == ("He", "arms", "to Kyiv", "on Monday")


def test_benchie_perfect_twice_the_same_and_written(tmp_path, monkeypatch, make_claim):
    gold, written = tmp_path / "gold.txt", tmp_path / "out.tsv"
    gold.write_text(BENCHIE, encoding="utf8")
    claim = make_claim(TEXT, "He", "didn't send", "arms")
    monkeypatch.setattr(triples, "claims_of", lambda text, **_: [claim, claim])
    assert triples.score(gold, nlp=None, predictions=written) == {"n": 1, "precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert written.read_text(encoding="utf8") == "7\tHe\tdid n't send\tarms\n"


def test_inferred_targets_are_left_out(tmp_path, monkeypatch, make_claim):
    gold = tmp_path / "gold.txt"
    gold.write_text(BENCHIE, encoding="utf8")
    claim = make_claim(TEXT, "He", "didn't send", "arms")
    target = Participant("Kyiv", Span(23, 27), "x", "Kyiv", "place", inferred=True)
    inferred = type(claim)(**{name: getattr(claim, name) for name in claim.__slots__} | {"object": target})
    monkeypatch.setattr(triples, "claims_of", lambda text, **_: [claim, inferred])
    assert triples.score(gold, nlp=None)["precision"] == 1.0


def test_carb_perfect_and_written(tmp_path, monkeypatch, claim):
    gold, written = tmp_path / "gold.tsv", tmp_path / "out.tsv"
    gold.write_text(f"{WORDS}\tdid n't send\tHe\tarms\tto Kyiv\ton Monday\n", encoding="utf8")
    monkeypatch.setattr(triples, "claims_of", lambda text, **_: [claim])
    scores = triples.score(gold, nlp=None, format="carb", predictions=written)
    assert (scores["n"], scores["f1"]) == (1, 1.0)
    assert written.read_text(encoding="utf8") == f"{WORDS}\t0.5000\tdid n't send\tHe\tarms\tto Kyiv\ton Monday\n"


@pytest.mark.parametrize(("format", "content"), [("benchie", BENCHIE), ("carb", f"{WORDS}\tdid send\tHe\tarms\n")])
def test_nothing_predicted(tmp_path, monkeypatch, format, content):
    gold = tmp_path / "gold"
    gold.write_text(content, encoding="utf8")
    monkeypatch.setattr(triples, "claims_of", lambda text, **_: [])
    assert triples.score(gold, nlp=None, format=format)["f1"] == 0.0
