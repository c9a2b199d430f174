from __future__ import annotations

import inspect

import pytest
import spacy

from kg.errors import EvaluationError
from kg.evaluation import TASKS, run


@pytest.mark.parametrize("task", TASKS.values(), ids=TASKS)
def test_every_task_has_a_scorer_that_takes_what_it_is_given(task):
    _, *parameters = inspect.signature(task.function("score")).parameters
    assert sorted(parameters) == sorted(task.takes)


def test_the_design_names_the_tasks():
    assert set(TASKS) == {
        "claims", "seed", "parse", "names", "triples", "attribution", "factuality", "events", "rows", "relations",
        "coreference", "linking", "confidence", "edges", "mentions", "pages", "variants",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("task", "options", "reason"),
    [
        ("parsing", {}, "there is no task 'parsing'; name one of claims, seed, parse"),
        ("triples", {"format": "oie"}, "has no format 'oie'; name one of benchie, carb"),
        ("names", {"predictions": "out"}, "writes no predictions"),
        ("seed", {"speed": True}, "speed is measured by the task parse"),
        ("seed", {"gold": None}, "the task seed needs a gold file or folder; give it with --gold"),
        ("seed", {}, "there is no .*nowhere; give the gold"),
        ("seed", {"vary": "all"}, "texts are varied for the tasks parse and names, not for seed"),
        ("parse", {"vary": "shouting"}, "there is no variation 'shouting'; name one of all, curly-quotes"),
    ],
)
def test_wrong_use(tmp_path, task, options, reason):
    with pytest.raises(EvaluationError, match=reason):
        run(task, **{"gold": tmp_path / "nowhere", **options})


def test_the_ending_tells_the_format(tmp_path):
    assert TASKS["names"].format_of(tmp_path / "dev.iob2") == "iob2"
    assert TASKS["names"].format_of(tmp_path / "dev.txt") == "conll"
    assert TASKS["names"].format_of(tmp_path) == "re3d"
    assert TASKS["linking"].format_of(tmp_path / "dev.jsonl") == "jsonl"
    assert TASKS["attribution"].format_of(tmp_path) == "polnear"


def test_a_run_names_its_task_and_rounds(tmp_path, monkeypatch, make_doc, prepared):
    gold = tmp_path / "gold.conllu"
    rows = [(1, "Envoys", "NNS", 2, "nsubj"), (2, "left", "VBD", 0, "root"), (3, "early", "RB", 2, "advmod")]
    gold.write_text(
        "".join(f"{i}\t{w}\t_\tX\t{t}\t_\t{h}\t{d}\t_\t_\n" for i, w, t, h, d in rows) + "\n", encoding="utf8"
    )
    doc = make_doc("Envoys left early", [1, 1, 0], "nsubj ROOT advmod", "NNS VBD RB")
    monkeypatch.setattr("kg.language.pipeline.load_bare_pipeline", lambda name: prepared(doc))
    assert run("parse", gold=str(gold)) == {
        "task": "parse",
        "n": 3,
        "las": 0.6667,
        "uas": 0.6667,
        "tag": 1.0,
        "words": 1.0,
    }
    assert run("parse", gold=gold, speed=True)["words_per_second"] > 0


def test_every_variation_and_what_it_costs(tmp_path, monkeypatch):
    gold = tmp_path / "gold.txt"
    gold.write_text("Bell B-PER\nmet O\nOrbán B-PER\n. O\n", encoding="utf8")
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "PERSON", "pattern": name} for name in ("Bell", "Orbán")])
    monkeypatch.setattr("kg.language.pipeline.load_bare_pipeline", lambda name: nlp)
    scores = run("names", gold=gold, vary="all")
    assert scores["f1"] == 1
    lost = {name: loss["f1"] for name, loss in scores["loss"].items() if loss["f1"]}
    assert lost == {"upper-case": 1, "lower-case": 1, "no-accents": 0.3333}
    assert run("names", gold=gold, vary="no-accents")["recall"] == 0.5
