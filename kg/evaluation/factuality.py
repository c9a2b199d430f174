"""Score how certain events are, word by word, from -3 (certainly did not happen) to 3 (certainly happened).

The format is that of the UW data as JSON lines: the words of a sentence divided by spaces, and targets, each a word's
number and its factuality. A sentence is read as ordinary text (:mod:`kg.corpora.detokenised`). A target that the
extractor says nothing of counts as 0, neither happened nor not.

What is scored is the factuality that claims carry: that of the standing of their verb or noun. Its scale,
``certainty.tsv``, has the mean of what the benchmark's annotators gave to each kind of words, in the training split.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kg.corpora.detokenised import Sentence, detokenise
from kg.corpora.files import json_lines, malformed
from kg.errors import EvaluationError
from kg.evaluation.scoring import Scores, to_json, write_lines
from kg.grammar.certainty import Standing
from kg.grammar.noun_standing import standings
from kg.language.spans import tokens_of

UNKNOWN = 0.0


@dataclass(frozen=True, slots=True)
class Target:
    """The number of a word in its sentence, and its gold factuality."""

    word: int
    value: float


def score(gold: Path, *, nlp: Language, format: str = "uw", predictions: Path | None = None) -> Scores:
    """``r`` (Pearson), ``mae``, and ``covered``, the share of targets that got a value; n counts targets.

    :raises EvaluationError: if the file is not in that format.
    """
    sentences = read(gold)
    docs = nlp.pipe(sentence.text for sentence, _ in sentences)
    wanted, found, covered, lines = list[float](), list[float](), 0, list[str]()
    for (sentence, targets), doc in zip(sentences, docs, strict=True):
        by_word = word_standings(doc, sentence)
        values = [by_word[t.word].factuality if t.word in by_word else UNKNOWN for t in targets]
        wanted.extend(target.value for target in targets)
        found.extend(values)
        covered += sum(target.word in by_word for target in targets)
        lines.append(_line(sentence, targets, values))
    write_lines(predictions, lines)
    return {
        "n": len(wanted),
        "r": pearson(wanted, found),
        "mae": mean_error(wanted, found),
        "covered": covered / len(wanted),
    }


def read(path: Path) -> list[tuple[Sentence, list[Target]]]:
    """The sentences of a file with their targets.

    :raises EvaluationError: if a line has no text and targets, or a target is no word of it.
    """
    sentences: list[tuple[Sentence, list[Target]]] = []
    for number, row in json_lines(path, required=("text", "targets")):
        sentence = detokenise(str(row["text"]).split())
        targets = [_target(target, sentence, path, number) for target in row["targets"]]
        sentences.append((sentence, targets))
    if not any(targets for _, targets in sentences):
        raise EvaluationError(f"{path} holds no target; each line needs a text and targets")
    return sentences


def _target(row: dict[str, Any], sentence: Sentence, path: Path, number: int) -> Target:
    try:
        word, value = int(row["span1"][0]), float(row["label"])
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise malformed(path, number, 'a target needs "span1": [first, end] and "label": a number') from error
    if not 0 <= word < len(sentence.words):
        raise malformed(path, number, f"the sentence has no word {word}")
    return Target(word, value)


def word_standings(doc: Doc, sentence: Sentence) -> dict[int, Standing]:
    """The standings of words by their number in the benchmark."""
    by_token = standings(doc)
    values: dict[int, Standing] = {}
    for word, span in enumerate(sentence.spans):
        inside = [by_token[token.i] for token in tokens_of(doc, span) or () if token.i in by_token]
        if inside:
            values[word] = inside[0]
    return values


def pearson(xs: Sequence[float], ys: Sequence[float]) -> float:
    """Pearson's correlation; 0 where either side does not vary.

    >>> round(pearson([1, 2, 3], [1, 3, 2]), 4)
    0.5
    """
    mean_x, mean_y = math.fsum(xs) / len(xs), math.fsum(ys) / len(ys)
    shared = math.fsum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True))
    spread = math.fsum((x - mean_x) ** 2 for x in xs) * math.fsum((y - mean_y) ** 2 for y in ys)
    return shared / math.sqrt(spread) if spread else 0.0


def mean_error(xs: Sequence[float], ys: Sequence[float]) -> float:
    """The mean absolute difference.

    >>> mean_error([1.0, 3.0], [2.0, 3.0])
    0.5
    """
    return math.fsum(abs(x - y) for x, y in zip(xs, ys, strict=True)) / len(xs)


def _line(sentence: Sentence, targets: list[Target], values: list[float]) -> str:
    rows = [
        {"span1": [t.word, t.word + 1], "label": value, "span_text": sentence.words[t.word]}
        for t, value in zip(targets, values, strict=True)
    ]
    return to_json({"text": " ".join(sentence.words), "targets": rows})
