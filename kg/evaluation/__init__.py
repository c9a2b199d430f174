"""Scorers: run a pipeline on a benchmark and compare what it finds with the gold (``kg eval``)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from kg.errors import EvaluationError
from kg.evaluation.scoring import Scores

__all__ = ["TASKS", "Scores", "Task", "run"]

DIGITS = 4
ALL = "all"


@dataclass(frozen=True, slots=True)
class Task:
    """A task of ``kg eval``: its formats and what it scores.

    Its module has ``score``, which takes the gold and what ``takes`` names, and returns ``n`` and the scores. A
    ``bare`` task needs neither actors nor claims. ``varied`` names the scores that are compared on varied text,
    and ``bundled`` the gold file in this folder that is taken where none is given. ``module`` is where it is scored, if
    not in a module of its own name.
    """

    name: str
    formats: tuple[str, ...]
    summary: str
    bare: bool = False
    takes: tuple[str, ...] = ("nlp", "format", "predictions")
    varied: tuple[str, ...] = ()
    bundled: str = ""
    module: str = ""

    def format_of(self, gold: Path) -> str:
        """The format of a gold file or folder for which none was named: told by its ending, else the first."""
        ending = gold.suffix.removeprefix(".")
        if gold.is_dir() and "re3d" in self.formats:
            return "re3d"
        return ending if ending in self.formats else self.formats[0]

    def function(self, name: str) -> Callable[..., dict[str, Any]]:
        """A function of the task's module, which is imported only now."""
        return getattr(import_module(f"kg.evaluation.{self.module or self.name}"), name)


TASKS: dict[str, Task] = {
    task.name: task
    for task in (
        Task(
            "claims",
            ("jsonl",),
            "claims against a reader's: found, polarity, modality, attribution, all_right",
            takes=("nlp", "predictions", "texts"),
            bundled="../corpora/wanted/claims.jsonl",
        ),
        Task(
            "seed",
            ("jsonl",),
            "the same for the sample article, which lies beside the gold",
            takes=("nlp", "predictions", "texts"),
            module="claims",
        ),
        Task(
            "parse",
            ("conllu",),
            "words, tags and dependencies from raw text: las, uas, tag, words",
            bare=True,
            takes=("nlp", "format", "predictions", "vary"),
            varied=("las", "tag"),
        ),
        Task(
            "names",
            ("conll", "iob2", "re3d", "re3d-things"),
            "names by span and type: precision, recall, f1",
            bare=True,
            takes=("nlp", "format", "vary"),
            varied=("f1",),
        ),
        Task("triples", ("benchie", "carb"), "open information extraction: precision, recall, f1"),
        Task("attribution", ("polnear",), "who said what: source_f1, cue_f1, content_f1, claims_f1, asserted_leak"),
        Task("factuality", ("uw",), "how certain each event is: r, mae"),
        Task(
            "events",
            ("tsv",),
            "PLOVER types of given pairs: root_macro_f1, quad_macro_f1, end_to_end_f1",
            takes=("pipeline",),
        ),
        Task(
            "rows",
            ("jsonl",),
            "the event table against a reader's: found with type and pair, date, place",
            takes=("nlp", "predictions", "texts"),
            bundled="../corpora/wanted/events.jsonl",
            module="event_rows",
        ),
        Task("relations", ("re3d",), "pairs of named spans that are related: precision, recall, f1"),
        Task("coreference", ("gum", "gum-named"), "muc, b3, ceafe, conll_f1, pronoun_accuracy"),
        Task("confidence", ("data",), "judged claims: precision, brier, calibration_error", takes=("nlp",)),
        Task("edges", ("data",), "judged edges: accepted, worth having, by kind and rule", takes=("nlp",)),
        Task("linking", ("conllu", "jsonl"), "names linked to Wikidata: precision, recall"),
        Task(
            "pages",
            ("html",),
            "articles found on web pages: precision, recall, f1, titles",
            takes=(),
            module="web_pages",
        ),
        Task(
            "mentions",
            ("tsv",),
            "mentions as in news of 2023 to 2026: right, wrong, unlinked, wrong_kind",
            takes=("nlp", "predictions"),
            bundled="mentions.tsv",
        ),
        Task(
            "variants",
            ("tsv",),
            "spellings of the names of leaders and countries: right, wrong, unlinked",
            takes=(),
            bundled="variants.tsv",
        ),
    )
}


def run(
    task: str,
    *,
    gold: str | Path | None = None,
    format: str | None = None,
    pipeline: str | None = None,
    predictions: str | Path | None = None,
    speed: bool = False,
    vary: str | None = None,
    texts: str | Path | None = None,
    without: Sequence[str] = (),
) -> dict[str, Any]:
    """Score a pipeline on a gold file or folder: ``task``, ``n``, and the task's scores.

    :param gold: may be left out for tasks whose gold comes with the package (``variants``).
    :param format: one of the task's formats; where none is named, the ending of the file tells.
    :param predictions: where to write what was predicted, in the benchmark's own format.
    :param speed: measure words per second of CPU time as well (``parse`` only).
    :param vary: a variation of the gold's text that is made first (``parse`` and ``names`` only); "all" scores the text
        as it is, and gives under ``loss`` what each variation takes from the main scores.
    :param texts: the articles that the gold is of, a folder or a file (``claims`` only).
    :param without: names of rules, or of stages, that are left out (docs/reference/rules.md lists them).
    :raises EvaluationError: if the task, format, variation or rule is unknown, or the gold is missing or malformed.
    :raises PipelineError: if there is no such pipeline.
    """
    chosen = _task(task, format)
    if speed and task != "parse":
        raise EvaluationError(f"speed is measured by the task parse, not by {task}")
    if predictions is not None and "predictions" not in chosen.takes:
        raise EvaluationError(f"the task {task} writes no predictions; leave --predictions out")
    if texts is not None and "texts" not in chosen.takes:
        raise EvaluationError(f"the task {task} takes no texts beside its gold; leave --texts out")
    from kg.corpora.variations import VARIATIONS

    if vary is not None and not chosen.varied:
        raise EvaluationError(f"texts are varied for the tasks parse and names, not for {task}; leave --vary out")
    if vary not in (None, ALL, *VARIATIONS):
        raise EvaluationError(f"there is no variation {vary!r}; name one of {ALL}, {', '.join(VARIATIONS)}")
    path = _gold(chosen, gold)
    nlp = _pipeline(chosen, pipeline)
    offered: dict[str, Any] = {
        "nlp": nlp,
        "pipeline": nlp,
        "format": format or chosen.format_of(path),
        "predictions": predictions and Path(predictions),
        "vary": VARIATIONS.get(vary or ""),
        "texts": _existing(texts),
    }
    from kg.catalogue import checked
    from kg.grammar.rules import without as leaving_out  # spaCy, as above

    with leaving_out(*checked(without)):
        scores = _all_scores(chosen, path, offered, vary=vary, speed=speed)
    return {"task": task, **_rounded(scores)}


def _all_scores(task: Task, path: Path, offered: dict[str, Any], *, vary: str | None, speed: bool) -> dict[str, Any]:
    """The scores of a task, with those on varied text and the speed where they are asked for."""
    from kg.corpora.variations import VARIATIONS

    scores = _score(task, path, offered)
    if vary == ALL:
        scores["loss"] = {
            name: _loss(task, scores, _score(task, path, offered | {"vary": variation, "predictions": None}))
            for name, variation in VARIATIONS.items()
        }
    if speed:
        scores |= task.function("speed")(path, nlp=offered["nlp"])
    return scores


def _gold(task: Task, gold: str | Path | None) -> Path:
    if gold is None and not task.bundled:
        raise EvaluationError(f"the task {task.name} needs a gold file or folder; give it with --gold")
    path = (Path(__file__).parent / task.bundled).resolve() if gold is None else Path(gold)
    if not path.exists():
        raise EvaluationError(f"there is no {path}; give the gold file or folder with --gold")
    return path


def _existing(texts: str | Path | None) -> Path | None:
    if texts is not None and not Path(texts).exists():
        raise EvaluationError(f"there is no {texts}; give the articles' file or folder with --texts")
    return Path(texts) if texts is not None else None


def _pipeline(task: Task, name: str | None) -> Any:
    """The pipeline that a task is run with, or None where it asks the knowledge base alone."""
    if not {"nlp", "pipeline"} & set(task.takes):
        return None
    from kg.language.pipeline import load_bare_pipeline, load_pipeline  # spaCy: not needed to list the tasks

    return (load_bare_pipeline if task.bare else load_pipeline)(name)


def _score(task: Task, gold: Path, offered: dict[str, Any]) -> dict[str, Any]:
    return task.function("score")(gold, **{name: offered[name] for name in task.takes})


def _loss(task: Task, scores: dict[str, Any], varied: dict[str, Any]) -> dict[str, float]:
    """What the main scores of a task lose on a varied text."""
    return {measure: scores[measure] - varied[measure] for measure in task.varied}


def _task(name: str, format: str | None) -> Task:
    if name not in TASKS:
        raise EvaluationError(f"there is no task {name!r}; name one of {', '.join(TASKS)}")
    task = TASKS[name]
    if format is not None and format not in task.formats:
        raise EvaluationError(f"the task {name} has no format {format!r}; name one of {', '.join(task.formats)}")
    return task


def _rounded(value: Any) -> Any:
    """Scores to four digits, also those within scores."""
    if isinstance(value, dict):
        return {name: _rounded(inner) for name, inner in value.items()}
    return round(value, DIGITS) if isinstance(value, float) else value
