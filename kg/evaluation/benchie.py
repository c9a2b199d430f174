"""BenchIE: triples against fact synsets (Gashteovski et al. 2022, "BenchIE", section on evaluation).

A sentence has facts, and a fact lists the triples that express it; words in brackets may be left out. A predicted
triple is right when it equals one of them, slot by slot, word by word. True positives are the facts that were found
(finding one twice counts once), false positives the predicted triples that express none, false negatives the facts not
found. Written from the paper's definition and the format's description.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.corpora.files import malformed, numbered_lines
from kg.errors import EvaluationError
from kg.evaluation.scoring import Counts

SLOTS = " --> "
Triple = tuple[str, str, str]
Fact = tuple[tuple[re.Pattern[str], ...], ...]


@dataclass(slots=True)
class FactSheet:
    """A sentence of the benchmark with its facts; each fact is a tuple of acceptable triples, compiled to patterns."""

    id: str
    words: list[str]
    facts: list[Fact]


def slot_pattern(slot: str) -> re.Pattern[str]:
    """A pattern for one slot of a gold triple, in which what stands in brackets may be missing.

    :raises ValueError: if a bracket is not closed.

    >>> bool(slot_pattern("[the] [first] Minister [of Australia]").fullmatch(" first Minister"))
    True
    """
    pattern, depth = "", 0
    for piece in re.findall(r"\[|\]|[^\[\]\s]+", slot):
        depth += (piece == "[") - (piece == "]")
        if depth < 0:
            raise ValueError(slot)
        pattern += {"[": "(?:", "]": ")?"}.get(piece, f" {re.escape(piece)}")
    if depth:
        raise ValueError(slot)
    return re.compile(pattern)


def read(path: Path) -> list[FactSheet]:
    """Read the benchmark's gold file.

    :raises EvaluationError: if it cannot be read, or a line is none of sentence, cluster and triple.
    """
    sheets: list[FactSheet] = []
    triples: list[list[tuple[re.Pattern[str], ...]]] = []
    for number, line in numbered_lines(path):
        if line.startswith("sent_id:"):
            _close(sheets, triples)
            sent_id, _, sentence = line.removeprefix("sent_id:").partition("\t")
            if not sentence.strip():
                raise malformed(path, number, "a sentence needs its id, a tab and its text")
            sheets.append(FactSheet(sent_id.strip(), sentence.split(), []))
        elif not sheets:
            raise malformed(path, number, 'the file must open with "sent_id:"')
        elif re.match(r"\S+--> ?Cluster ", line):
            triples.append([])
        elif not triples:
            raise malformed(path, number, "a triple stands before its cluster, or the line is none of the format's")
        else:
            triples[-1].append(_compile(path, number, line))
    _close(sheets, triples)
    if not sheets:
        raise EvaluationError(f"{path} holds no sentence; a BenchIE file opens with a line 'sent_id:1<tab>text'")
    return sheets


def _close(sheets: list[FactSheet], triples: list[list[tuple[re.Pattern[str], ...]]]) -> None:
    """Give the last sentence the facts that were read for it."""
    if sheets:
        sheets[-1].facts = [tuple(fact) for fact in triples if fact]
    triples.clear()


def _compile(path: Path, number: int, line: str) -> tuple[re.Pattern[str], ...]:
    slots = line.split(SLOTS)
    if len(slots) != 3:
        raise malformed(path, number, f"a triple has three slots divided by '-->', not {len(slots)}")
    try:
        return tuple(slot_pattern(slot) for slot in slots)
    except ValueError as error:
        raise malformed(path, number, f"a bracket is not closed in {error}") from error


def expresses(triple: Triple, fact: Fact) -> bool:
    """Whether a triple equals one of a fact's acceptable triples."""
    spaced = ["".join(f" {word}" for word in slot.split()) for slot in triple]
    return any(all(p.fullmatch(s) for p, s in zip(gold, spaced, strict=True)) for gold in fact)


def score_sentence(facts: list[Fact], triples: Iterable[Triple]) -> Counts:
    """Facts found, predicted triples (a found fact counts once), and facts, of one sentence.

    A triple that expresses two facts is credited to the first.
    """
    found: set[int] = set()
    wrong = 0
    for triple in triples:
        match = next((i for i, fact in enumerate(facts) if expresses(triple, fact)), None)
        if match is None:
            wrong += 1
        else:
            found.add(match)
    return Counts(correct=len(found), predicted=len(found) + wrong, gold=len(facts))
