"""Learn the weights of coreference chains from a treebank with GUM's entities: ``python -m kg.training chains FILE``.

Each mention is a choice among its candidates and none; the weights make the right ones likely (a log-linear ranker,
trained by AdaGrad with averaging). While it learns, mentions join their right chains. Classes of nouns are counted on
the same treebank, and for each document on all the others, so that training sees unknown nouns as reading does.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from kg.actors.chain_features import Features
from kg.actors.chain_mentions import ChainMention, Reader
from kg.actors.chains import grow, save
from kg.actors.words import singular_of
from kg.corpora.gum import GoldMention, read_mentions

NOUN_CLASSES = Path(__file__).parents[1] / "actors" / "noun_classes.csv"
SOURCE = "gum"
CLASS_OF_CATEGORY = {"person": "person", "organization": "org", "place": "place", "time": "time"}
LEAST_COUNT, LEAST_SHARE = 2, 0.75
LEAST_FEATURE = 4
EPOCHS, RATE, DECAY = 8, 0.15, 1e-5
#: Taken from the weight of a first mention once learned, by cross-validation: the scores like links more than the
#: likelihood does.
BIAS = {"new|N": -1.0, "new|P": -1.0}

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Counts = Mapping[str, Counter[str]]


@dataclass(frozen=True, slots=True)
class Choice:
    """A mention's features, those of its being the first before those of each candidate, and which are right."""

    features: Integers
    option: Integers
    right: NDArray[np.bool_]


@dataclass(slots=True)
class Names:
    """Numbers for features."""

    numbers: dict[str, int] = field(default_factory=dict[str, int])

    def number(self, name: str) -> int:
        """The number of a feature; a new one if it has none."""
        return self.numbers.setdefault(name, len(self.numbers))


def learn(treebank: Path, *, nlp: Language) -> tuple[dict[str, float], dict[str, str]]:
    """Weights of features, and classes of nouns."""
    documents = [(nlp(document.text), mentions) for document, mentions in read_mentions(treebank)]
    own = [_count_classes(doc, mentions) for doc, mentions in documents]
    total: dict[str, Counter[str]] = defaultdict(Counter)
    for counts in own:
        for noun, classes in counts.items():
            total[noun].update(classes)
    names = Names()
    choices: list[Choice] = []
    for (doc, mentions), counts in zip(documents, own, strict=True):
        choices.extend(_choices(Reader(doc, unseen=_classes(total, without=counts)), mentions, names))
    return fit(choices, names), _classes(total)


def _count_classes(doc: Doc, mentions: Iterable[GoldMention]) -> dict[str, Counter[str]]:
    tokens = {token.idx: token for token in doc}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in mentions:
        token = tokens.get(mention.head.start)
        if token is not None and token.pos_ == "NOUN":
            counts[singular_of(token)][CLASS_OF_CATEGORY.get(mention.category, "thing")] += 1
    return counts


def _classes(total: Counts, *, without: Counts | None = None) -> dict[str, str]:
    found: dict[str, str] = {}
    for noun in sorted(total):
        counts = total[noun] - without[noun] if without and noun in without else total[noun]
        number = counts.total()
        if number >= LEAST_COUNT:
            best = max(sorted(counts), key=lambda name: counts[name])
            if counts[best] / number >= LEAST_SHARE:
                found[noun] = best
    return found


def _choices(reader: Reader, gold: Sequence[GoldMention], names: Names) -> list[Choice]:
    right_of = _gold_entities(reader.doc, gold)
    found: list[Choice] = []

    def decide(features: Features, mention: ChainMention, candidates: Sequence[ChainMention]) -> int:
        entity = right_of(mention)
        right = [bool(entity) and right_of(candidate) == entity for candidate in candidates]
        if candidates:
            rows = [features.first(mention, len(candidates)), *(features.pair(mention, one) for one in candidates)]
            flat = [(names.number(name), i) for i, row in enumerate(rows) for name in row]
            numbers = np.array(flat, dtype=np.int64)
            found.append(Choice(numbers[:, 0], numbers[:, 1], np.array([not any(right), *right])))
        return right.index(True) if any(right) else -1

    grow(reader, decide)
    return found


def _gold_entities(doc: Doc, gold: Sequence[GoldMention]):
    """The gold entity of a mention: that of the same span, else of the same head."""
    by_head: dict[int, list[GoldMention]] = defaultdict(list)
    for mention in gold:
        by_head[mention.head.start].append(mention)

    def entity(mention: ChainMention) -> str:
        there = by_head.get(doc[mention.head].idx, [])
        span = doc[mention.start : mention.end]
        for one in there:
            if (one.span.start, one.span.end) == (span.start_char, span.end_char):
                return one.entity
        if mention.form == "coord":
            return max(there, key=lambda one: one.span.end).entity if len(there) > 1 else ""
        return min(there, key=lambda one: (one.span.end, -one.span.start)).entity if there else ""

    return entity


def fit(choices: Sequence[Choice], names: Names) -> dict[str, float]:
    """Weights that make the right choices likely; features that are rare have none."""
    size = len(names.numbers)
    counts = sum((np.bincount(choice.features, minlength=size) for choice in choices), np.zeros(size, dtype=np.int64))
    common = counts >= LEAST_FEATURE
    weights, squares, total = np.zeros(size), np.full(size, 1e-6), np.zeros(size)
    shuffled = np.random.default_rng(0)
    for epoch in range(EPOCHS):
        for i in shuffled.permutation(len(choices)):
            _step(choices[i], weights, squares, common)
        if epoch >= EPOCHS // 2:
            total += weights
    learned = total / (EPOCHS - EPOCHS // 2)
    found = {name: float(learned[i]) + BIAS.get(name, 0.0) for name, i in names.numbers.items()}
    return {name: weight for name, weight in found.items() if abs(weight) >= 0.01}


def _step(choice: Choice, weights: Floats, squares: Floats, common: NDArray[np.bool_]) -> None:
    scores = np.bincount(choice.option, weights=weights[choice.features], minlength=len(choice.right))
    chances = np.exp(scores - scores.max())
    chances /= chances.sum()
    wanted = np.where(choice.right, chances, 0.0)
    gradient = (chances - wanted / (wanted.sum() + 1e-12))[choice.option]
    numbers, places = np.unique(choice.features, return_inverse=True)
    slope = (np.bincount(places, weights=gradient) + DECAY * weights[numbers]) * common[numbers]
    squares[numbers] += slope * slope
    weights[numbers] -= RATE * slope / np.sqrt(squares[numbers])


def write_classes(classes: Mapping[str, str], path: Path = NOUN_CLASSES) -> None:
    """Write the classes of nouns, sorted."""
    with path.open("w", encoding="utf8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("noun", "class", "source"))
        writer.writerows((noun, classes[noun], SOURCE) for noun in sorted(classes))


def train(treebank: Path) -> int:
    """Learn from a treebank with the bundled pipeline, and write what the package ships; the number of weights."""
    from kg.language.pipeline import load_pipeline

    nlp = load_pipeline()
    with nlp.select_pipes(disable=["kg_claims", "kg_events"]):
        learned, classes = learn(treebank, nlp=nlp)
    save(learned)
    write_classes(classes)
    return len(learned)
