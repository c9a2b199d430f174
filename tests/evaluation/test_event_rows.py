"""The event table against a reader's events: what counts as the same event, and that a row counts once."""

from __future__ import annotations

import json

import pytest

from kg.errors import EvaluationError
from kg.evaluation import event_rows
from kg.evaluation.event_rows import GoldEvent
from kg.language.pipeline import load_pipeline


def row(type="ASSAULT", source="Iran", target="Iraq", date="2024-05-06"):
    kinds = {f"{part}_kind": "country" for part in ("source", "target")}
    names = {"source": source, "target": target, "source_name": source, "target_name": target}
    return {"type": type, "date": date, "place_name": None, "sentence": "", **names, **kinds}


def same(name, participant):
    return name == participant.name


@pytest.mark.parametrize(
    ("event", "right"),
    [
        (GoldEvent("a", "ASSAULT", "Iran", "Iraq"), True),
        (GoldEvent("a", "ASSAULT", None, "Iraq"), True),
        (GoldEvent("a", "ACCUSE", "Iran", "Iraq"), False),
        (GoldEvent("a", "ASSAULT", "Iraq", "Iran"), False),
    ],
)
def test_an_event_is_told_by_type_and_pair(event, right) -> None:
    assert event_rows.is_same(event, row(), same) is right


def test_a_row_counts_once_and_the_one_of_the_right_day_first() -> None:
    events = [GoldEvent("a", "ASSAULT", "Iran", "Iraq", "2024-05-07")] * 3
    rows = [row(), row(date="2024-05-07")]
    assert [found["date"] for _, found in event_rows.match(events, rows, same)] == ["2024-05-07", "2024-05-06"]


def test_events_of_an_article_are_scored(tmp_path) -> None:
    texts, gold, out = (tmp_path / name for name in ("articles.jsonl", "gold.jsonl", "out.jsonl"))
    article = {"id": "a", "text": "Iran attacked Iraq on 3 May 2024. Japan rejected it.", "published": "2024-05-06"}
    texts.write_text(json.dumps(article) + "\n")
    wanted = [
        {"doc": "a", "type": "ASSAULT", "source": "Iran", "target": "Iraq", "date": "2024-05-03"},
        {"doc": "a", "type": "AID", "source": "Iran", "target": "Japan"},
    ]
    gold.write_text("".join(json.dumps(line) + "\n" for line in wanted))
    nlp = load_pipeline("small")
    scores = event_rows.score(gold, nlp=nlp, texts=texts, predictions=out)
    assert (scores["n"], scores["found"], scores["date"]) == (2, 1, 1.0)
    assert [json.loads(line)["status"] for line in out.read_text().splitlines()][:2] == ["found", "missed"]
    assert event_rows.score(gold, nlp=nlp) == scores  # the articles lie beside the gold
    gold.write_text(json.dumps(wanted[0] | {"doc": "b"}) + "\n")
    with pytest.raises(EvaluationError, match="has events of the article 'b'; give its text with --texts"):
        event_rows.score(gold, nlp=nlp)
