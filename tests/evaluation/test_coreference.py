from __future__ import annotations

import pytest

from kg.errors import EvaluationError
from kg.evaluation import coreference
from kg.evaluation.gum import read_mentions
from kg.language.tree import tree_of
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


def test_a_perfect_prediction(gold, doc, make_mention, prepared, tmp_path):
    make_mention(doc, 1, "Q57641")
    make_mention(doc, 3, "Q57641", "pronoun")
    written = tmp_path / "out.jsonl"
    scores = coreference.score(gold, nlp=prepared(doc), predictions=written)
    assert scores == {
        "n": 2, "muc": 1.0, "b3": 1.0, "ceafe": 1.0, "conll_f1": 1.0, "head_conll_f1": 1.0, "pronoun_accuracy": 1.0,
        "pronouns": 1,
    }  # fmt: skip
    assert written.read_text(encoding="utf8").splitlines() == [
        '{"document": "one", "span": [0, 15], "entity": "Q57641", "type": "name"}',
        '{"document": "one", "span": [21, 24], "entity": "Q57641", "type": "pronoun"}',
    ]


def test_nothing_predicted(gold, doc, prepared):
    scores = coreference.score(gold, nlp=prepared(doc))
    assert (scores["conll_f1"], scores["pronoun_accuracy"]) == (0.0, 0.0)


def test_a_wrong_antecedent(gold, doc, make_mention, prepared):
    make_mention(doc, 4, "x1", "nominal", width=2)
    make_mention(doc, 3, "x1", "pronoun")
    scores = coreference.score(gold, nlp=prepared(doc))
    assert (scores["pronoun_accuracy"], scores["muc"]) == (0.0, 0.0)


def test_a_different_span_with_the_same_head(gold, make_doc, make_mention, prepared):
    doc = make_doc(TEXT, [2, 2, 2, 4, 2], "dep nsubj ROOT nmod:poss obj", "NNP NNP VBD PRP$ NN")
    make_mention(doc, 1, "Q57641")
    make_mention(doc, 3, "Q57641", "pronoun")
    scores = coreference.score(gold, nlp=prepared(doc))
    # MUC 0; B-cubed 1/4, as one mention of two is in half a cluster; CEAF-e 2 * 1 / (2 + 2)
    assert (scores["conll_f1"], scores["head_conll_f1"]) == (pytest.approx((0 + 1 / 4 + 1 / 2) / 3), 1.0)


def test_named_mentions_only(gold, doc, make_mention, prepared):
    make_mention(doc, 1, "Q57641")
    make_mention(doc, 3, "Q57641", "pronoun")
    make_mention(doc, 4, "Q57641", "nominal", width=2)
    assert coreference.score(gold, nlp=prepared(doc), format="gum")["conll_f1"] < 1.0
    doc._.mention_heads.pop(4)
    make_mention(doc, 4, "Q57641", "nominal", width=2)
    assert coreference.score(gold, nlp=prepared(doc), format="gum-named")["conll_f1"] == 1.0


def test_a_phrase_holds_its_modifiers_but_not_its_preposition_and_conjuncts(make_doc):
    doc = make_doc(
        "with the leaders of NATO and Kyiv who fled",
        [2, 2, 2, 4, 2, 6, 4, 8, 2],
        "case det ROOT case nmod cc conj nsubj acl:relcl",
    )
    tree = tree_of(doc)
    assert coreference.phrase(tree, doc[2]).of(doc.text) == "the leaders of NATO and Kyiv who fled"
    assert coreference.phrase(tree, doc[4]).of(doc.text) == "NATO"


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
