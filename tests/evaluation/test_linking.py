from __future__ import annotations

import json

import pytest

from kg.corpora import wikipedia_items
from kg.errors import EvaluationError
from kg.evaluation import linking
from kg.model import Entity, Span

TEXT = "Orban met Scholz and Macron"
ITEMS = {"Orban": "Q57641", "Scholz": "Q61053", "Macron": "Q3052772"}
HELD = frozenset({"Q57641", "Q61053"})


@pytest.fixture
def gold(tmp_path):
    mentions = [{"span": [TEXT.index(name), TEXT.index(name) + len(name)], "qid": qid} for name, qid in ITEMS.items()]
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"text": TEXT, "mentions": mentions}) + "\n", encoding="utf8")
    return path


@pytest.fixture
def doc(make_doc, monkeypatch):
    monkeypatch.setattr(linking, "_held_items", lambda: HELD.__contains__)
    return make_doc(TEXT, [1, 1, 1, 4, 2], "nsubj ROOT obj cc conj")


def link(doc, make_mention, head: int, qid: str) -> None:
    make_mention(doc, head, qid)
    doc._.entities = {**doc._.entities, qid: Entity(qid, "person", doc[head].text, wikidata=qid)}


def test_right_wrong_and_missing_links(gold, doc, make_mention, prepared, tmp_path):
    link(doc, make_mention, 0, "Q57641")
    link(doc, make_mention, 4, "Q1")
    written = tmp_path / "out.jsonl"
    scores = linking.score(gold, nlp=prepared(doc), format="jsonl", predictions=written)
    # one of two links is right, one of two items that could be linked was found
    assert scores == {"n": 2, "precision": 0.5, "recall": 0.5, "f1": 0.5}
    assert json.loads(written.read_text(encoding="utf8"))["mentions"] == [
        {"span": [0, 5], "qid": "Q57641"},
        {"span": [21, 27], "qid": "Q1"},
    ]


def test_perfect_and_nothing(gold, doc, make_mention, prepared):
    assert linking.score(gold, nlp=prepared(doc), format="jsonl")["f1"] == 0.0
    link(doc, make_mention, 0, "Q57641")
    link(doc, make_mention, 2, "Q61053")
    assert linking.score(gold, nlp=prepared(doc), format="jsonl")["f1"] == 1.0


def test_a_treebank_with_titles(tmp_path, doc, make_mention, prepared):
    entity = "Entity=(1-person-new-nnnnn-cf1-1-coref-Viktor_Orb%C3%A1n)"
    rows = [("Orban", "NNP", 2, "nsubj", entity), ("met", "VBD", 0, "root", "_"), ("Scholz", "NNP", 2, "obj", "_")]
    rows += [("and", "CC", 5, "cc", "_"), ("Macron", "NNP", 3, "conj", "_")]
    lines = (
        f"{i}\t{w}\t_\tX\t{tag}\t_\t{head}\t{label}\t_\t{misc}\n"
        for i, (w, tag, head, label, misc) in enumerate(rows, 1)
    )
    path = tmp_path / "treebank" / "gold.conllu"
    path.parent.mkdir()
    path.write_text("".join(lines) + "\n", encoding="utf8")
    with pytest.raises(EvaluationError, match=wikipedia_items.LINKS):
        linking.score(path, nlp=prepared(doc))
    (tmp_path / "linking").mkdir()
    (tmp_path / "linking" / wikipedia_items.LINKS).write_text(
        "#FormattedTitle\tURLTitle\tWikidataID\nViktor_Orb%C3%A1n\tViktor_Orbán\tQ57641\n", encoding="utf8"
    )
    link(doc, make_mention, 0, "Q57641")
    assert linking.score(path, nlp=prepared(doc)) == {"n": 1, "precision": 1.0, "recall": 1.0, "f1": 1.0}


def test_only_gold_names_are_judged():
    counts = linking.score_links({Span(0, 5): "Q1", Span(6, 9): "Q2"}, {Span(0, 5): "Q1"}, holds=lambda qid: True)
    assert (counts.correct, counts.predicted, counts.gold) == (1, 1, 1)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ('{"text": "a"}', "line 1: lacks the field mentions"),
        ('{"text": "a", "mentions": [{"span": [0]}]}', 'line 1: a mention needs "span"'),
        ('{"text": "a", "mentions": [{"span": [1, 0], "qid": "Q1"}]}', 'line 1: a mention needs "span"'),
        ('{"text": "a", "mentions": [{"span": [0, 2], "qid": "Q1"}]}', "leaves the text"),
    ],
)
def test_malformed_lines(tmp_path, row, reason):
    path = tmp_path / "gold.jsonl"
    path.write_text(row, encoding="utf8")
    with pytest.raises(EvaluationError, match=reason):
        list(linking.read_jsonl(path))


def test_malformed_titles(tmp_path):
    path = tmp_path / "titles.tsv"
    path.write_text("Toyota\tToyota\tNone\nAtlantis\tAtlantis\tQ1\n", encoding="utf8")
    assert linking.read_titles(path) == {"Atlantis": "Q1"}
    path.write_text("Viktor\tViktor\tnone\n", encoding="utf8")
    with pytest.raises(EvaluationError, match="line 1: a line has a title"):
        linking.read_titles(path)
