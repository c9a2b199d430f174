from __future__ import annotations

import json

import pytest

from kg.errors import EvaluationError
from kg.evaluation import relations
from kg.model import Argument, Span

TEXT = "US forces hit Daesh in Raqqa near Aleppo"
ENTITIES = ("US forces", "forces", "Daesh", "Raqqa", "Aleppo")


def span(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


@pytest.fixture
def folder(tmp_path):
    pairs = [("Daesh", "US forces"), ("US forces", "Daesh"), ("Daesh", "Raqqa")]
    rows = {
        "documents": [{"_id": "d", "text": TEXT}],
        "entities": [{"documentId": "d", "begin": span(e)[0], "end": span(e)[1]} for e in ENTITIES],
        "relations": [
            {
                "documentId": "d", "sourceBegin": span(a)[0], "sourceEnd": span(a)[1], "targetBegin": span(b)[0],
                "targetEnd": span(b)[1],
            }
            for a, b in pairs
        ],
    }  # fmt: skip
    for name, lines in rows.items():
        (tmp_path / f"{name}.json").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf8")
    return tmp_path


@pytest.fixture
def doc(make_doc, monkeypatch):
    monkeypatch.setattr(relations, "claims_of", lambda doc, *, open: (doc._.claims, []))
    return make_doc(TEXT, [1, 2, 2, 2, 5, 2, 7, 5], "compound nsubj ROOT obj case obl case nmod")


def test_direction_does_not_matter_and_counts_once(folder):
    [document] = relations.read(folder)
    assert len(document.pairs) == 2


def test_right_wrong_and_missing_pairs(folder, doc, prepared, make_claim, tmp_path):
    place = Argument("place", "in Raqqa", Span(20, 28))
    doc._.claims = [make_claim(TEXT, "US forces", "hit", "Daesh", arguments=(place,))]
    written = tmp_path / "out.jsonl"
    scores = relations.score(folder, nlp=prepared(doc), predictions=written)
    # US forces - Daesh and Daesh - Raqqa are right, US forces - Raqqa is wrong
    assert scores == {"n": 2, "precision": pytest.approx(2 / 3), "recall": 1.0, "f1": pytest.approx(0.8)}
    first = json.loads(written.read_text(encoding="utf8").splitlines()[0])
    assert (first["source"], first["target"], first["type"]) == ("US forces", "Daesh", "hit")


def test_perfect_and_nothing(folder, doc, prepared, make_claim):
    assert relations.score(folder, nlp=prepared(doc))["f1"] == 0.0
    doc._.claims = [make_claim(TEXT, "US forces", "hit", "Daesh"), make_claim(TEXT, "Daesh", "hit", "Raqqa")]
    assert relations.score(folder, nlp=prepared(doc))["f1"] == 1.0


def test_a_participant_stands_for_the_longest_entity_with_its_head(doc):
    heads = {entity: relations.head_index(doc, entity) for entity in sorted(Span(*span(e)) for e in ENTITIES)}
    assert relations.entity_at(doc, Span(*span("forces")), heads) == Span(0, 9)
    assert relations.entity_at(doc, Span(*span("US")), {Span(0, 9): 1}) == Span(0, 9)
    assert relations.entity_at(doc, Span(20, 40), heads) == Span(*span("Raqqa"))
    assert relations.entity_at(doc, Span(*span("near")), heads) is None


def test_times_and_nested_entities_make_no_pair(doc, make_claim):
    time = Argument("time", "in Raqqa", Span(20, 28))
    doc._.claims = [make_claim(TEXT, "US forces", "hit", None, arguments=(time,))]
    assert relations.predicted_pairs(doc, [Span(*span(e)) for e in ENTITIES]) == {}
    doc._.claims = [make_claim(TEXT, "US", "hit", "forces")]
    assert relations.predicted_pairs(doc, [Span(0, 2), Span(0, 9)]) == {}


def test_a_folder_of_folders(tmp_path, folder):
    part = tmp_path / "CENTCOM"
    part.mkdir()
    for name in relations.FILES:
        (folder / name).rename(part / name)
    assert [document.id for document in relations.read(tmp_path)] == ["d"]


@pytest.mark.parametrize(
    ("name", "row", "reason"),
    [
        ("entities.json", {"documentId": "e", "begin": 0, "end": 2}, "line 1: there is no document 'e'"),
        ("entities.json", {"documentId": "d", "begin": 2, "end": 2}, "line 1: begin and end make no span"),
        ("entities.json", {"documentId": "d", "begin": 0, "end": 99}, "line 1: the span .* leaves the document's text"),
        ("relations.json", {"documentId": "d", "sourceBegin": 0}, "line 1: lacks the field sourceEnd"),
    ],
)
def test_malformed_gold(folder, name, row, reason):
    (folder / name).write_text(json.dumps(row), encoding="utf8")
    with pytest.raises(EvaluationError, match=reason) as caught:
        relations.read(folder)
    assert str(folder / name) in str(caught.value)


def test_not_the_benchmarks_folder(tmp_path):
    with pytest.raises(EvaluationError, match="give a folder of re3d"):
        relations.read(tmp_path)
