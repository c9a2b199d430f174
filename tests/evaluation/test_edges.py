"""Edges against judgements: what is counted, and that a judgement of another claim does not count."""

from __future__ import annotations

import json

import pytest

from kg.corpora import judged
from kg.errors import EvaluationError
from kg.evaluation import edges
from kg.language.pipeline import load_pipeline

HEADER = "\t".join((*judged.COLUMNS[:-1], *judged.ASPECTS, "reader"))
TEXT = "Iran attacked Iraq. Iran said Iraq will not attack Kuwait."


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A corpus of one document, with two judgements of its edge, one of what is said, and one that is of no claim."""
    (tmp_path / "treebank").mkdir()
    (tmp_path / "treebank" / "gum-train.conllu").write_text("# newdoc id = a\n1\tx\tx\tX\tX\t_\t0\troot\t_\t_\n\n")
    for part in ("CENTCOM", "Wikipedia"):
        (tmp_path / "relations" / "re3d" / part).mkdir(parents=True)
        row = json.dumps({"_id": part, "text": TEXT})
        (tmp_path / "relations" / "re3d" / part / "documents.json").write_text(row + "\n")
    (tmp_path / "ner").mkdir()
    (tmp_path / "ner" / "gmb-66k.tsv").write_text("a\tb\tc\td\n")
    table = tmp_path / "judged.tsv"
    edge = "re3d\tCENTCOM\t0-4\tattack\t14-18\tpositive\tasserted\t-"
    rows = [
        HEADER,
        f"{edge}\t1\t1\t1\t1\t1\t1",
        f"{edge}\t0\t1\t1\t1\t1\t2",
        "re3d\tCENTCOM\t30-34\tattack\t51-57\tnegative\tfuture\t20-24\t1\t1\t0\t1\t1\t1",
        "re3d\tCENTCOM\t0-4\tattack\t99-110\tpositive\tasserted\t-\t0\t1\t1\t1\t1\t1",
    ]
    table.write_text("\n".join(rows) + "\n")
    monkeypatch.setattr(edges, "edge_judgements", lambda: judged.edge_judgements(table))
    return tmp_path


def test_what_is_made_again_is_counted_by_kind(data) -> None:
    scores = edges.score(data, nlp=load_pipeline("small"))
    assert (scores["n"], scores["gone_right"], scores["gone_wrong"]) == (2, 0, 1)
    assert (scores["edges"], scores["edges_accepted"], scores["edges_worth_having"]) == (1, 1.0, 1.0)
    assert (scores["other"], scores["other_accepted"]) == (1, 0.0)
    assert (scores["participants_right"], scores["standing_right"]) == (1.0, 0.5)
    assert scores["agreement"] == 0.0


def test_a_reader_is_given_what_is_printed(data) -> None:
    rows = list(edges.sample(data, nlp=load_pipeline("small"), size=4))
    assert any(row["printed"].startswith("Iran [country; 'Iran'] | attacks | Iraq") for row in rows)
    assert all(row["sentence"] in row["around"] for row in rows)


def test_a_malformed_judgement_is_told_by_its_line(tmp_path) -> None:
    (tmp_path / "bad.tsv").write_text(HEADER + "\n" + "\t".join(["x"] * 13) + "\t1\n")
    with pytest.raises(EvaluationError, match=r"bad.tsv, line 2: a judgement has participants, label"):
        judged.edge_judgements(tmp_path / "bad.tsv")
