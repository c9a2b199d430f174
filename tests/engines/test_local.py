"""Extraction of many articles: order, workers, what is kept, and what is rejected rather than raised."""

from __future__ import annotations

import pytest
from spacy.language import Language

from kg.engines import local
from kg.engines.local import extract, extract_all
from kg.errors import PipelineError, RecordError
from kg.model import Article, Record
from kg.reading import Rejected

SENTENCES = [
    "Russia rejected the demands of NATO.",
    "The United States has sent weapons to Ukraine.",
    "Hungary will not support the sanctions against Russia.",
]


def test_open_keeps_claims_among_things() -> None:
    text = "Oil prices raised costs. Iran rejected the talks."
    relations = {open: {c.relation.lemma for c in extract(text, open=open).claims} for open in (False, True)}
    assert relations == {False: {"reject"}, True: {"raise", "reject"}}


def test_a_record_holds_the_entities_of_its_mentions_and_claims() -> None:
    record = extract(SENTENCES[0])
    ids = {entity.id for entity in record.entities}
    assert {mention.entity for mention in record.mentions} <= ids
    assert {part.entity for c in record.claims for part in (c.subject, c.object) if part} <= ids
    assert {(c.subject.name, c.relation.lemma) for c in record.claims if c.asserted} == {("Russia", "reject")}


def test_rejections_keep_their_place_and_stop_nothing() -> None:
    articles = [Article.make(text=text, id=str(i)) for i, text in enumerate(SENTENCES)]
    unread = Rejected("nowhere.txt", "does not exist", "check the path")
    german = Article.make(text="Der Minister reiste ab.", id="de", language="de-AT")
    long = Article.make(text="x" * 1_000_001, id="long")
    items = list(extract_all([articles[0], unread, german, long, articles[1]]))
    assert [type(item) for item in items] == [Record, Rejected, Rejected, Rejected, Record]
    assert items[1] is unread
    assert "is in German" in str(items[2]) and "1000001 characters" in str(items[3])


def test_an_article_that_fails_is_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(article: Article, nlp: Language, *, open: bool) -> Record:
        raise RecordError("a span must not be empty")

    monkeypatch.setattr(local, "_record_of", fail)
    (item,) = extract_all([Article.make(text=SENTENCES[0], id="a1")])
    assert isinstance(item, Rejected) and item.path == "a1" and "a span must not be empty" in item.reason


def test_an_unknown_pipeline_is_refused_before_any_article_is_read() -> None:
    def articles() -> object:
        raise AssertionError("an article was read")
        yield

    with pytest.raises(PipelineError, match="no_such_pipeline"):
        extract_all(articles(), pipeline="no_such_pipeline")  # type: ignore[arg-type]


def test_any_number_of_workers_gives_the_same_records_in_order() -> None:
    articles = [Article.make(text=f"{SENTENCES[i % 3]} It was day {i}.", id=f"a{i}") for i in range(40)]
    alone, shared = (list(extract_all(articles, workers=workers)) for workers in (1, 2))
    assert alone == shared
    assert [record.article.id for record in alone if isinstance(record, Record)] == [f"a{i}" for i in range(40)]
