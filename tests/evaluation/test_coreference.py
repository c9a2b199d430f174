from __future__ import annotations

import pytest

from kg.corpora.gum import read_mentions
from kg.errors import EvaluationError
from kg.evaluation import coreference
from kg.model import Span


def word(i: int, form: str, tag: str, head: int, label: str, entity: str = "") -> str:
    return f"{i}\t{form}\t_\tX\t{tag}\t_\t{head}\t{label}\t_\t{f'Entity={entity}' if entity else '_'}\n"


GOLD = (
    "# newdoc id = one\n"
    + word(1, "President", "NNP", 2, "compound", "(1-person-new-nnnnn-cf1-2-coref-Viktor_Orb%C3%A1n")
    + word(2, "Orban", "NNP", 3, "nsubj", "1)")
    + word(3, "left", "VBD", 0, "root")
    + word(4, "his", "PRP$", 5, "nmod:poss", "(2-place-new-nnnnn-cf1-2-sgl(1-person-giv:act-nnnnn-cf1-1-ana)")
    + word(5, "capital", "NN", 3, "obj", "2)")
    + "\n"
)
TEXT = "President Orban left his capital"


@pytest.fixture
def gold(tmp_path):
    path = tmp_path / "gold.conllu"
    path.write_text(GOLD, encoding="utf8")
    return path


@pytest.fixture
def doc(make_doc):
    return make_doc(TEXT, [1, 2, 2, 4, 2], "compound nsubj ROOT nmod:poss obj", "NNP NNP VBD PRP$ NN")


def test_gold_mentions(gold):
    [(document, mentions)] = read_mentions(gold)
    assert document.text == TEXT
    assert [(m.span.of(TEXT), m.head.of(TEXT), m.entity, m.category, m.type, m.title) for m in mentions] == [
        ("President Orban", "Orban", "1", "person", "name", "Viktor_Orb%C3%A1n"),
        ("his capital", "capital", "2", "place", "nominal", None),
        ("his", "his", "1", "person", "pronoun", None),
    ]


NAME, SURNAME, HIS, CAPITAL = Span(0, 15), Span(10, 15), Span(21, 24), Span(21, 32)


def mention(span, head, entity, type):
    return coreference.Found(span, head, entity, type)


@pytest.fixture
def predict(monkeypatch, gold, doc, prepared):
    """Scores mentions as if they had been predicted."""

    def run(*found, **options):
        monkeypatch.setattr(coreference, "found_mentions", lambda doc: list(found))
        return coreference.score(gold, nlp=prepared(doc), **options)

    return run


def test_a_perfect_prediction(predict, tmp_path):
    written = tmp_path / "out.jsonl"
    found = (mention(NAME, SURNAME, "0", "name"), mention(HIS, HIS, "0", "pronoun"))
    assert predict(*found, predictions=written) == {
        "n": 2, "muc": 1.0, "b3": 1.0, "ceafe": 1.0, "conll_f1": 1.0, "head_conll_f1": 1.0, "pronoun_accuracy": 1.0,
        "pronouns": 1,
    }  # fmt: skip
    assert written.read_text(encoding="utf8").splitlines() == [
        '{"document": "one", "span": [0, 15], "entity": "0", "type": "name"}',
        '{"document": "one", "span": [21, 24], "entity": "0", "type": "pronoun"}',
    ]


def test_mentions_are_those_of_the_chains(doc):
    for token, pos in zip(doc, ("PROPN", "PROPN", "VERB", "PRON", "NOUN"), strict=True):
        token.pos_ = pos
    found = {(m.span.of(TEXT), m.head.of(TEXT), m.type) for m in coreference.found_mentions(doc)}
    assert found == {
        ("President", "President", "name"), ("President Orban", "Orban", "name"), ("his", "his", "pronoun"),
        ("his capital", "capital", "nominal"),
    }  # fmt: skip


def test_nothing_predicted(predict):
    scores = predict()
    assert (scores["conll_f1"], scores["pronoun_accuracy"]) == (0.0, 0.0)


def test_a_wrong_antecedent(predict):
    scores = predict(mention(CAPITAL, Span(25, 32), "1", "nominal"), mention(HIS, HIS, "1", "pronoun"))
    assert (scores["pronoun_accuracy"], scores["muc"]) == (0.0, 0.0)


def test_a_different_span_with_the_same_head(predict):
    scores = predict(mention(SURNAME, SURNAME, "1", "name"), mention(HIS, HIS, "1", "pronoun"))
    # MUC 0; B-cubed 1/4, as one mention of two is in half a cluster; CEAF-e 2 * 1 / (2 + 2)
    assert (scores["conll_f1"], scores["head_conll_f1"]) == (pytest.approx((0 + 1 / 4 + 1 / 2) / 3), 1.0)


def test_named_mentions_only(predict):
    found = (
        mention(NAME, SURNAME, "1", "name"), mention(HIS, HIS, "1", "pronoun"),
        mention(CAPITAL, Span(25, 32), "1", "nominal"),
    )  # fmt: skip
    assert predict(*found, format="gum")["conll_f1"] < 1.0
    assert predict(*found, format="gum-named")["conll_f1"] == 1.0


def test_of_mentions_with_the_same_span_the_first_counts():
    found = [coreference.Found(Span(0, 3), Span(0, 3), entity, "name") for entity in ("a", "b")]
    assert coreference.clusters_of(found) == [frozenset({Span(0, 3)})]


@pytest.mark.parametrize(
    ("entity", "reason"),
    [("(1-person", "has a malformed '1-person'"), ("1)", "closes a mention that is not open"),
     ("(1-person-new-nnnnn-cf1-2-coref", "a mention of gold is not closed"), ("", "has no Entity=")],
)  # fmt: skip
def test_malformed_gold(tmp_path, entity, reason):
    path = tmp_path / "gold.conllu"
    path.write_text(word(1, "Orban", "NNP", 0, "root", entity) + "\n", encoding="utf8")
    with pytest.raises(EvaluationError, match=reason) as caught:
        read_mentions(path)
    assert str(path) in str(caught.value)
