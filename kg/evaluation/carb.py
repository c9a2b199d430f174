"""CaRB: tuples against crowdsourced tuples by shared words (Bhardwaj, Aggarwal and Mausam 2019).

The benchmark's default measure. Two tuples are compared slot by slot: relation, first argument, and all further
arguments taken as one. Shared words count by slot; the pair's precision is their share of the predicted words, its
recall their share of the gold words, and both are 0 when the relations share no word. Where the gold relation is one of
saying, the arguments may be swapped. Recall gives every gold tuple its best predicted tuple; precision pairs each
predicted tuple with at most one gold tuple, the most precise pairs first, over all predicted tuples. The figures are
those at the threshold of confidence with the best F1, as the benchmark prints them.
"""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.corpora.files import malformed, numbered_lines
from kg.errors import EvaluationError
from kg.evaluation.scoring import Scores, f1

FORMS_OF_BE = frozenset({"be", "is", "am", "are", "was", "were", "been", "being"})
SAYING = ("said", "told", "added", "adds", "says")
CONTEXT = "C: "
MARKS = ("L:", "T:")
ESCAPES = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}"}


@dataclass(frozen=True, slots=True)
class Extraction:
    """A tuple: a relation and its arguments, the first of them the subject."""

    relation: str
    arguments: tuple[str, ...]
    confidence: float = 1.0


Pair = tuple[float, float]
"""Precision and recall of a predicted tuple against a gold one."""


def sentence_key(sentence: str) -> str:
    """What tells sentences apart: their letters and digits, without spaces, punctuation and escapes.

    >>> sentence_key("He left -LRB- again -RRB- .")
    'Heleftagain'
    """
    key = "".join(sentence.split())
    for escaped, bracket in ESCAPES.items():
        key = key.replace(escaped, bracket)
    return key.translate(str.maketrans("", "", string.punctuation))


def read(path: Path) -> dict[str, list[Extraction]]:
    """Read a gold file: sentence, relation and arguments a line, divided by tabs; returns tuples by sentence.

    An argument marked as the context ("C: he said that") is none of the tuple's; the marks of place and time go.

    :raises EvaluationError: if it cannot be read, is empty, or a line has no relation.
    """
    gold: dict[str, list[Extraction]] = {}
    for number, line in numbered_lines(path):
        fields = line.strip().split("\t")
        if len(fields) < 3:
            raise malformed(path, number, "a tuple has a sentence, a relation and an argument, divided by tabs")
        sentence, relation, *arguments = (field.strip() for field in fields)
        kept = tuple(_unmarked(argument) for argument in arguments if CONTEXT not in argument)
        gold.setdefault(sentence, []).append(Extraction(relation, kept))
    if not gold:
        raise EvaluationError(f"{path} holds no tuple; a CaRB file has sentence, relation and arguments a line")
    return gold


def _unmarked(argument: str) -> str:
    for mark in MARKS:
        argument = argument.replace(mark, "")
    return argument.strip()


def match(gold: Extraction, predicted: Extraction) -> Pair:
    """Precision and recall of one predicted tuple against one gold tuple."""
    slots = _two_arguments(predicted.arguments)
    straight = _match_slots(gold, predicted.relation, slots)
    if any(verb in gold.relation for verb in SAYING) and len(slots) == 2:
        return max(straight, _match_slots(gold, predicted.relation, slots[::-1]))
    return straight


def _two_arguments(arguments: Sequence[str]) -> list[str]:
    return [arguments[0], " ".join(arguments[1:])] if len(arguments) > 1 else list(arguments)


def _match_slots(gold: Extraction, relation: str, slots: list[str]) -> Pair:
    wanted = _two_arguments(gold.arguments)
    shared = _shared_relation_words(gold.relation.split(), relation.split())
    if not shared or len(slots) < len(wanted):
        return 0.0, 0.0
    predicted_size, gold_size = len(relation.split()), len(gold.relation.split())
    for ours, theirs in zip(slots, wanted, strict=False):
        shared += shared_words(theirs.split(), ours.split())
        predicted_size += len(ours.split())
        gold_size += len(theirs.split())
    return shared / predicted_size, shared / gold_size


def _shared_relation_words(gold: list[str], predicted: list[str]) -> int:
    """Shared words of two relations; a predicted "be" left over stands for any form of it in the gold."""
    shared = shared_words(gold, predicted)
    leftover = predicted.count("be") > gold.count("be")
    return shared + (leftover and not FORMS_OF_BE.isdisjoint(gold))


def shared_words(gold: Sequence[str], predicted: Sequence[str]) -> int:
    """How many words two slots share, each used once.

    >>> shared_words("the war in the east".split(), "the the the war".split())
    3
    """
    return sum(min(gold.count(word), predicted.count(word)) for word in sorted(set(gold)))


@dataclass(frozen=True, slots=True)
class _Table:
    """The pairs of one sentence: a row for each gold tuple, a column for each predicted one."""

    rows: list[list[Pair]]
    confidences: list[float]

    def sums(self, threshold: float) -> tuple[float, int, float]:
        """Precision summed over the pairing, tuples kept, and recall summed over gold tuples, at a threshold."""
        kept = [j for j, confidence in enumerate(self.confidences) if confidence >= threshold]
        recall = sum(max((row[j][1] for j in kept), default=0.0) for row in self.rows)
        return self._paired_precision(kept), len(kept), recall

    def _paired_precision(self, kept: list[int]) -> float:
        pairs = sorted(((-row[j][0], i, j) for i, row in enumerate(self.rows) for j in kept))
        taken_rows, taken_columns, total = set[int](), set[int](), 0.0
        for negated, i, j in pairs:
            if i not in taken_rows and j not in taken_columns:
                taken_rows.add(i)
                taken_columns.add(j)
                total -= negated
        return total


def score_extractions(
    gold: Mapping[str, Sequence[Extraction]], predicted: Mapping[str, Sequence[Extraction]]
) -> Scores:
    """Precision, recall and F1 at the best threshold, and F1 with every tuple kept (``f1_all``)."""
    found = {sentence_key(sentence): list(tuples) for sentence, tuples in predicted.items()}
    tables: list[_Table] = []
    for sentence, tuples in gold.items():
        ours = found.get(sentence_key(sentence), [])
        tables.append(_Table([[match(g, p) for p in ours] for g in tuples], [p.confidence for p in ours]))
    thresholds = sorted({confidence for table in tables for confidence in table.confidences}) or [0.0]
    points = _curve(tables, thresholds)
    precision, recall = max(points, key=lambda point: f1(*point))
    return {"precision": precision, "recall": recall, "f1": f1(precision, recall), "f1_all": f1(*points[0])}


def _curve(tables: list[_Table], thresholds: list[float]) -> list[Pair]:
    """Precision and recall at each threshold, from the lowest, which keeps everything."""
    total_gold = sum(len(table.rows) for table in tables)
    points: list[Pair] = []
    for threshold in thresholds:
        sums = [table.sums(threshold) for table in tables]
        predicted = sum(kept for _, kept, _ in sums)
        precision = sum(p for p, _, _ in sums) / predicted if predicted else 0.0
        points.append((precision, sum(r for _, _, r in sums) / total_gold))
    return points
