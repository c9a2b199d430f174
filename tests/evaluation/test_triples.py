from __future__ import annotations

from dataclasses import replace

import pytest
import spacy
from spacy.tokens import Doc

from kg.corpora.detokenised import detokenise
from kg.evaluation import triples
from kg.evaluation.rendering import Extracted
from kg.model import Argument, Participant, Span

TEXT = "He didn't send arms to Kyiv on Monday."
WORDS = "He did n't send arms to Kyiv on Monday ."
BENCHIE = f"sent_id:7\t{WORDS}\n1--> Cluster 1:\nHe --> did n't send --> arms\n"


def argument(role: str, words: str) -> Argument:
    start = TEXT.index(words)
    return Argument(role, words, Span(start, start + len(words)))


@pytest.fixture
def doc():
    pos = ["PRON", "AUX", "PART", "VERB", "NOUN", "ADP", "PROPN", "ADP", "PROPN", "PUNCT"]
    spaces = [True, False, True, True, True, True, True, True, False, False]
    return Doc(spacy.blank("en").vocab, words=WORDS.split(), spaces=spaces, pos=pos)


@pytest.fixture
def extracted(doc):
    return lambda *claims: Extracted(detokenise(WORDS.split()), doc, claims)


@pytest.fixture
def claim(make_claim):
    arguments = (argument("to", "Kyiv"), argument("time", "on Monday"), Argument("condition", claim="other"))
    return make_claim(TEXT, "He", "didn't send", "arms", arguments=arguments, confidence=0.5)


@pytest.fixture
def extractor(monkeypatch):
    def use(*claims):
        monkeypatch.setattr(triples, "claims_of", lambda doc, *, open: (list(claims), []))

    return use


def test_binary_triples(extracted, claim):
    assert triples.binary_triples(extracted(claim)) == [
        ("He", "did n't send", "arms"),
        ("He", "did n't send arms to", "Kyiv"),
        ("He", "did n't send arms on", "Monday"),
    ]


def test_a_tuple(extracted, claim):
    [extraction] = triples.tuples(extracted(claim))
    assert (extraction.relation, extraction.confidence) == ("did n't send", 0.5)
    assert extraction.arguments == ("He", "arms", "to Kyiv", "on Monday")


def test_the_preposition_of_an_object_ends_the_relation(extracted, make_claim):
    claim = make_claim(TEXT, "He", "send", "Kyiv", arguments=(argument("place", "Kyiv"),))
    assert triples.binary_triples(extracted(claim)) == [("He", "send to", "Kyiv")]
    [extraction] = triples.tuples(extracted(claim))
    assert (extraction.relation, extraction.arguments) == ("send to", ("He", "Kyiv"))


def test_a_preposition_or_predicate_is_not_said_twice(extracted, make_claim):
    claim = make_claim(TEXT, "He", "send arms to", "Kyiv")
    assert triples.binary_triples(extracted(claim)) == [("He", "send arms to", "Kyiv")]
    claim = make_claim(TEXT, "He", "send arms", "arms")
    assert triples.binary_triples(extracted(claim)) == [("He", "send", "arms")]


def test_claims_of_one_verb_and_subject_are_one_proposition(extracted, make_claim):
    claims = make_claim(TEXT, "He", "send", "arms"), make_claim(TEXT, "He", "didn't send", "Kyiv")
    assert triples.binary_triples(extracted(*claims)) == [
        ("He", "did n't send", "arms"), ("He", "did n't send arms to", "Kyiv"),
    ]  # fmt: skip


def sentence(make_doc, text: str, heads: list[int], labels: str, pos: str, make_claim, *claims) -> Extracted:
    doc = make_doc(text, heads, labels)
    for token, tag in zip(doc, pos.split(), strict=True):
        token.pos_ = tag
    made = tuple(make_claim(text, *parts, rules=rules) for *parts, rules in claims)
    return Extracted(detokenise(text.split()), doc, made)


def test_a_passive_keeps_its_subject(make_doc, make_claim):
    shown = sentence(
        make_doc, "Kyiv was hit by Russia", [2, 2, 2, 4, 2], "nsubj:pass aux:pass ROOT case obl:agent",
        "PROPN AUX VERB ADP PROPN", make_claim, ("Russia", "was hit", "Kyiv", ("verb", "passive")),
    )  # fmt: skip
    assert triples.binary_triples(shown) == [("Kyiv", "was hit by", "Russia")]


def test_a_verb_that_leads_over_stands_in_the_relation(make_doc, make_claim):
    shown = sentence(
        make_doc, "Iran began to arm Syria", [1, 1, 3, 1, 3], "nsubj ROOT mark xcomp obj",
        "PROPN VERB PART VERB PROPN", make_claim, ("Iran", "arm", "Syria", ("verb",)),
    )  # fmt: skip
    assert triples.binary_triples(shown) == [("Iran", "began to arm", "Syria")]


def test_what_is_said_is_an_argument(make_doc, make_claim):
    shown = sentence(
        make_doc, "Iran said that Iraq left", [1, 1, 4, 4, 1], "nsubj ROOT mark nsubj ccomp",
        "PROPN VERB SCONJ PROPN VERB", make_claim, ("Iran", "said", None, ("verb",)),
    )  # fmt: skip
    assert triples.binary_triples(shown) == [("Iran", "said that", "Iraq left")]
    assert triples.tuples(shown)[0].arguments == ("Iran", "Iraq left")


def test_an_object_is_divided_at_its_preposition(make_doc, make_claim):
    shown = sentence(
        make_doc, "Iran left talks on arms", [1, 1, 1, 4, 2], "nsubj ROOT obj case nmod",
        "PROPN VERB NOUN ADP NOUN", make_claim, ("Iran", "left", "talks on arms", ("verb",)),
    )  # fmt: skip
    assert triples.binary_triples(shown) == [("Iran", "left", "talks on arms"), ("Iran", "left talks on", "arms")]
    assert triples.tuples(shown)[0].arguments == ("Iran", "talks on arms")


def test_a_predicate_adjective_is_an_object(make_doc, make_claim):
    shown = sentence(
        make_doc, "Iran is not ready", [3, 3, 3, 3], "nsubj cop advmod ROOT", "PROPN AUX PART ADJ",
        make_claim, ("Iran", "is not ready", None, ("copula",)),
    )  # fmt: skip
    assert triples.binary_triples(shown) == [("Iran", "is not", "ready")]


def test_benchie_perfect_each_triple_once_and_written(tmp_path, extractor, prepared, doc, make_claim):
    gold, written = tmp_path / "gold.txt", tmp_path / "out.tsv"
    gold.write_text(BENCHIE, encoding="utf8")
    claim = make_claim(TEXT, "He", "didn't send", "arms")
    extractor(claim, claim)
    scores = triples.score(gold, nlp=prepared(doc), predictions=written)
    assert scores == {"n": 1, "precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert written.read_text(encoding="utf8") == "7\tHe\tdid n't send\tarms\n"


def test_inferred_targets_are_left_out(tmp_path, extractor, prepared, doc, make_claim):
    gold = tmp_path / "gold.txt"
    gold.write_text(BENCHIE, encoding="utf8")
    claim = make_claim(TEXT, "He", "didn't send", "arms")
    extractor(claim, replace(claim, object=Participant("Kyiv", Span(23, 27), "x", "Kyiv", "place", inferred=True)))
    assert triples.score(gold, nlp=prepared(doc))["precision"] == 1.0


def test_carb_perfect_and_written(tmp_path, extractor, prepared, doc, claim):
    gold, written = tmp_path / "gold.tsv", tmp_path / "out.tsv"
    gold.write_text(f"{WORDS}\tdid n't send\tHe\tarms\tto Kyiv\ton Monday\n", encoding="utf8")
    extractor(claim)
    scores = triples.score(gold, nlp=prepared(doc), format="carb", predictions=written)
    assert (scores["n"], scores["f1"]) == (1, 1.0)
    assert written.read_text(encoding="utf8") == f"{WORDS}\t0.5000\tdid n't send\tHe\tarms\tto Kyiv\ton Monday\n"


@pytest.mark.parametrize(("format", "content"), [("benchie", BENCHIE), ("carb", f"{WORDS}\tdid send\tHe\tarms\n")])
def test_nothing_predicted(tmp_path, extractor, prepared, doc, format, content):
    gold = tmp_path / "gold"
    gold.write_text(content, encoding="utf8")
    extractor()
    assert triples.score(gold, nlp=prepared(doc), format=format)["f1"] == 0.0
