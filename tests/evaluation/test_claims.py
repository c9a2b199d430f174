from __future__ import annotations

import json
from dataclasses import replace

import pytest
import spacy
from spacy.tokens import Doc

from kg.errors import EvaluationError
from kg.evaluation import claims as scorer
from kg.model import Article, Entity, Participant, Record, Span

TITLE = "Envoy warns allies"
TEXT = f"{TITLE}\n\nThe envoy of Oz said Oz sent a list of demands. Oz left."
ROW = {
    "sentence": 1, "subject": "Oz", "relation": "send to", "object": "list of demands", "polarity": "positive",
    "modality": "asserted", "attribution": "envoy",
}  # fmt: skip
BODY = Span(20, 69)


@pytest.fixture
def gold(tmp_path, monkeypatch):
    monkeypatch.setattr(scorer, "entity_of_name", lambda: {"Oz": "Q1"}.get)
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "article.txt").write_text(TEXT, encoding="utf8")
    path = tmp_path / "gold.jsonl"
    title = ROW | {"sentence": "title", "subject": "Envoy", "relation": "warn", "object": "allies", "attribution": None}
    path.write_text(json.dumps(title) + "\n" + json.dumps(ROW) + "\n", encoding="utf8")
    return path


def predict(monkeypatch, claims, entities=()):
    article = Article(id="a", text=TEXT, title=TITLE)
    record = Record(article=article, claims=tuple(claims), entities=tuple(entities))
    monkeypatch.setattr("kg.extract", lambda article, **_: record, raising=False)


@pytest.fixture
def doc():
    """The article as a Doc; only the lemma of "sent" is known."""
    doc = spacy.blank("en")(TEXT)
    heads = list(range(len(doc)))
    lemmas = ["send" if token.text == "sent" else token.text for token in doc]
    words, spaces = [token.text for token in doc], [bool(token.whitespace_) for token in doc]
    return Doc(doc.vocab, words=words, spaces=spaces, heads=heads, deps=["ROOT"] * len(doc), lemmas=lemmas)


@pytest.fixture
def claims(make_claim, make_source):
    source = make_source(TEXT, "The envoy of Oz", "said")
    sent = make_claim(TEXT, "Oz", "sent", "a list of demands", lemma="be sent", sentence=BODY, source=source)
    warned = make_claim(TEXT, "Envoy", "warns", "allies", lemma="warn", sentence=Span(0, 18))
    return warned, sent


def test_perfect(gold, monkeypatch, prepared, doc, claims, tmp_path):
    linked = Participant("Oz", claims[1].subject.span, "Q1", "Land of Oz", "country")
    sent = replace(claims[1], subject=linked)
    predict(monkeypatch, [sent, claims[0]], [Entity("Q1", "country", "Land of Oz", wikidata="Q1")])
    scores = scorer.score(gold, nlp=prepared(doc), predictions=tmp_path / "out.jsonl")
    assert scores == {
        "n": 2, "found": 2, "recall": 1.0, "polarity": 1.0, "modality": 1.0, "attribution": 1.0, "all_right": 1.0,
        "predicted": 2,
    }  # fmt: skip
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf8").splitlines()]
    assert [row["status"] for row in rows] == ["found", "found"]


def test_wrong_attributes_still_count_as_found(gold, monkeypatch, prepared, doc, make_claim, tmp_path):
    sent = make_claim(TEXT, "Oz", "sent", "a list", lemma="send", sentence=BODY, polarity="negative")
    other = make_claim(TEXT, "Oz", "left", sentence=Span(70, 78))
    monkeypatch.setattr(scorer, "entity_of_name", lambda: lambda name: None)
    predict(monkeypatch, [sent, other])
    scores = scorer.score(gold, nlp=prepared(doc), predictions=tmp_path / "out.jsonl")
    assert (scores["found"], scores["recall"], scores["predicted"]) == (1, 0.5, 2)
    assert (scores["polarity"], scores["modality"], scores["attribution"]) == (0.0, 1.0, 0.0)
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf8").splitlines()]
    assert [row["status"] for row in rows] == ["missed", "found", "extra"]


def test_nothing_predicted(gold, monkeypatch, prepared, doc):
    predict(monkeypatch, [])
    scores = scorer.score(gold, nlp=prepared(doc))
    assert (scores["found"], scores["recall"], scores["polarity"]) == (0, 0.0, 0.0)


def test_a_claim_is_matched_once_and_title_with_title(claims):
    wanted = scorer.GoldClaim("", True, "Envoy", "warn", "allies", "positive", "asserted", None)
    in_body = scorer.GoldClaim("", False, "Envoy", "warn", "allies", "positive", "asserted", None)
    same = scorer.same_participant({}, lambda name: None)
    heads = {claim.id: scorer.relation_heads(claim.relation.lemma) for claim in claims}
    pairs = scorer.match([wanted, wanted, in_body], claims, title_end=len(TITLE), same=same, heads=heads)
    assert pairs == [(wanted, claims[0])]


@pytest.mark.parametrize(
    ("name", "text", "right"),
    [("United States", "US", True), ("US", "US", True), ("Russia", "US", False), ("States", "US", False)],
)
def test_linked_participants_are_compared_by_entity(name, text, right):
    entities = {"Q30": Entity("Q30", "country", "United States of America", ("US",), wikidata="Q30")}
    known = {"United States": "Q30", "Russia": "Q159"}
    participant = Participant(text, Span(0, 2), "Q30", "United States of America", "country")
    assert scorer.same_participant(entities, known.get)(name, participant) is right


@pytest.mark.parametrize(
    ("gold", "lemma", "right"),
    [
        ("send to", "send", True), ("become member of", "member of", False), ("be skeptical of", "skeptical of", True),
        ("seek to reduce", "reduce", True), ("seek to reduce", "seek", True), ("tensions with", "tension with", True),
        ("try to leave", "leave for", True), ("talk about", "talk", True), ("be", "be", True),
    ],
)  # fmt: skip
def test_relation_heads(gold, lemma, right):
    assert (not scorer.relation_heads(gold).isdisjoint(scorer.relation_heads(lemma))) is right


def test_articles_of_their_own_are_told_by_id(gold, monkeypatch, prepared, doc, claims, tmp_path):
    predict(monkeypatch, claims)
    texts = tmp_path / "articles.jsonl"
    texts.write_text(json.dumps({"id": "a", "title": TITLE, "text": "The envoy left."}) + "\n", encoding="utf8")
    rows = [json.loads(line) for line in gold.read_text(encoding="utf8").splitlines()]
    gold.write_text("".join(json.dumps(row | {"doc": "a"}) + "\n" for row in rows), encoding="utf8")
    assert scorer.score(gold, nlp=prepared(doc), texts=texts)["found"] == 2
    gold.write_text(json.dumps(rows[0] | {"doc": "b"}) + "\n", encoding="utf8")
    with pytest.raises(EvaluationError, match="has claims of the article 'b'; give its text with --texts"):
        scorer.score(gold, nlp=prepared(doc), texts=texts)


def test_no_article_or_several(tmp_path):
    gold = tmp_path / "deep" / "gold.jsonl"
    with pytest.raises(EvaluationError, match="is missing; put it alone into the folder seeds"):
        scorer.article_beside(gold)
    (tmp_path / "seeds").mkdir()
    for name in ("a.txt", "b.txt"):
        (tmp_path / "seeds" / name).write_text("x", encoding="utf8")
    with pytest.raises(EvaluationError, match="holds 2 articles"):
        scorer.article_beside(gold)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (ROW | {"polarity": "maybe"}, "line 1: unknown polarity"),
        ({"subject": "Oz"}, "line 1: lacks the field"),
        (None, "holds no claim"),
    ],
)
def test_malformed_gold(tmp_path, row, reason):
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(row) if row else "", encoding="utf8")
    with pytest.raises(EvaluationError, match=reason):
        scorer.read(path)
