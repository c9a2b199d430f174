from __future__ import annotations

import pytest
from spacy.tokens import Doc

from kg.corpora.conllu import read_documents
from kg.errors import EvaluationError
from kg.evaluation import parse
from kg.model import Span

GOLD = """# newdoc id = one
# meta::genre = news
# newpar
1\tEnvoys\tenvoy\tNOUN\tNNS\t_\t2\tnsubj\t_\t_
2\tmet\tmeet\tVERB\tVBD\t_\t0\troot\t_\t_
3\tleaders\tleader\tNOUN\tNNS\t_\t2\tobj\t_\tSpaceAfter=No
4\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

"""
SECOND = """# newdoc id = two
# meta::genre = court
1-2\tIt's\t_\t_\t_\t_\t_\t_\t_\t_
1\tIt\tit\tPRON\tPRP\t_\t2\tnsubj\t_\t_
2\t's\tbe\tVERB\tVBZ\t_\t0\troot\t_\t_

# newpar
1\tNo\tno\tINTJ\tUH\t_\t0\troot\t_\tSpaceAfter=No

"""
SPACES = [True, True, False, False]


@pytest.fixture
def gold(tmp_path):
    path = tmp_path / "gold.conllu"
    path.write_text(GOLD, encoding="utf8")
    return path


@pytest.fixture
def right(make_doc):
    return make_doc("Envoys met leaders .", [1, 1, 1, 1], "nsubj ROOT obj punct", "NNS VBD NNS .", SPACES)


def test_documents_as_raw_text(tmp_path):
    path = tmp_path / "gold.conllu"
    path.write_text(GOLD + SECOND, encoding="utf8")
    one, two = read_documents(path)
    assert (one.name, one.genre, one.text) == ("one", "news", "Envoys met leaders.")
    assert (two.text, two.words[1].span, two.words[2].span) == ("It's\n\nNo", Span(2, 4), Span(6, 8))
    assert [word.head for word in two.words] == [1, -1, -1]


def test_a_perfect_parse(gold, right, prepared, tmp_path):
    written = tmp_path / "out.conllu"
    scores = parse.score(gold, nlp=prepared(right), predictions=written)
    assert scores == {"n": 4, "las": 1.0, "uas": 1.0, "tag": 1.0, "words": 1.0}
    again = read_documents(written)[0]
    assert [(w.word.form, w.head, w.word.deprel) for w in again.words] == [
        ("Envoys", 1, "nsubj"), ("met", -1, "root"), ("leaders", 1, "obj"), (".", 1, "punct"),
    ]  # fmt: skip


def test_a_wrong_head_a_wrong_label_and_a_wrong_tag(gold, make_doc, prepared):
    doc = make_doc("Envoys met leaders .", [1, 1, 1, 2], "nsubj:pass ROOT obj punct", "NN VBD NNS .", SPACES)
    assert parse.score(gold, nlp=prepared(doc)) == {"n": 4, "las": 0.5, "uas": 0.75, "tag": 0.75, "words": 1.0}


def test_words_divided_otherwise_are_wrong_on_both_sides(gold, make_doc, prepared):
    doc = make_doc("Envoys met leaders.", [1, 1, 1], "nsubj ROOT obj", "NNS VBD NNS")
    assert parse.score(gold, nlp=prepared(doc))["las"] == pytest.approx(2 * 2 / (3 + 4))


def test_a_root_in_the_wrong_place(gold, make_doc, prepared):
    doc = make_doc("Envoys met leaders .", [0, 0, 1, 1], "ROOT acl obj punct", "NNS VBD NNS .", SPACES)
    assert parse.score(gold, nlp=prepared(doc))["uas"] == 0.5


def test_genres_are_scored_apart(tmp_path, right, prepared):
    path = tmp_path / "gold.conllu"
    path.write_text(GOLD + SECOND, encoding="utf8")
    # "It's", a paragraph break, "No": one word where the gold has two, and "No" below it instead of a root
    words, spaces = ["It's", "\n\n", "No"], [False, False, False]
    wrong = Doc(right.vocab, words=words, spaces=spaces, heads=[0, 0, 0], deps=["ROOT", "dep", "dep"])
    scores = parse.score(path, nlp=prepared(right, wrong))
    assert (scores["las_news"], scores["las_court"]) == (1.0, 0.0)
    assert scores["las"] == pytest.approx(2 * 4 / (6 + 7))


def test_speed_is_positive(gold, right, prepared):
    assert parse.speed(gold, nlp=prepared(right))["words_per_second"] > 0


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("1\tNo\tno\n", "line 1: a word has 10 columns divided by tabs, not 3"),
        ("# text = No\n1\tNo\tno\tX\tUH\t_\tx\troot\t_\t_\n", "line 2: the head must be a number, not 'x'"),
        ("# text = No\n", "holds no word"),
    ],
)
def test_malformed_gold(tmp_path, content, reason):
    path = tmp_path / "gold.conllu"
    path.write_text(content, encoding="utf8")
    with pytest.raises(EvaluationError, match=reason) as caught:
        read_documents(path)
    assert str(path) in str(caught.value)


def test_a_varied_text_keeps_its_words(gold):
    (document,) = read_documents(gold)
    varied = parse.varied_document(document, lambda words: [word.replace("met", "encountered") for word in words])
    assert varied.text == "Envoys encountered leaders."
    assert [varied.text[w.span.start : w.span.end] for w in varied.words] == ["Envoys", "encountered", "leaders", "."]
    assert [word.head for word in varied.words] == [word.head for word in document.words]
