"""Score who said what: exact spans of sources, cues and contents against PolNeAR's stand-off annotations.

A span is right when it covers the same characters, white space at its edges aside. A content may have several pieces;
pieces with only white space between them are one, and the quotation marks around it belong to it. Predictions that
touch text marked ``Discard`` are not counted. An attribution inside another's content is not annotated, so only the
outermost count. Where several annotators marked one article, the first by file name
counts.

Claims are scored too: a claim whose relation lies in an annotated content should carry a source, and any other none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from kg.corpora.files import malformed, numbered_lines, read_text, require_folder
from kg.errors import EvaluationError
from kg.evaluation.scoring import Counts, Scores, count_matches
from kg.grammar.attribution import attributions, outermost
from kg.model import Claim, Span

PARTS = ("Source", "Cue", "Content")
OPENING = re.compile(r"(?:[“\"‘]|''|(?<!\S)”)+$")
CLOSING = re.compile(r"(?:[,.;:?!…]*(?:[”\"’]|''?))+(?!\w)")
ANNOTATOR = re.compile(r"_[0-9a-f]+$")
Pieces = tuple[Span, ...]
"""A possibly broken span: its pieces in order of the text."""


@dataclass(slots=True)
class Marked:
    """An article's text, its spans by part ("Source", "Cue", "Content"), and the spans that nobody annotated."""

    name: str
    text: str
    spans: dict[str, set[Pieces]] = field(default_factory=lambda: {part: set[Pieces]() for part in PARTS})
    discarded: list[Span] = field(default_factory=list[Span])


def score(gold: Path, *, nlp: Language, format: str = "polnear", predictions: Path | None = None) -> Scores:
    """``source_f1``, ``cue_f1``, ``content_f1`` and ``claims_f1`` with their precision and recall; n counts gold cues.

    ``asserted_leak`` is the share of claims in annotated content that are asserted in the article's own voice.

    :raises EvaluationError: if the folder has no ``text`` and ``attributions``, or an annotation is malformed.
    """
    articles = read(gold)
    found: list[dict[str, set[Pieces]]] = []
    claims, leaks = Counts(), 0
    for article, doc in zip(articles, nlp.pipe(article.text for article in articles), strict=True):
        found.append(predicted_spans(doc, article))
        counted, leaked = claims_attributed(doc._.claims, article)
        claims, leaks = claims + counted, leaks + leaked
    if predictions is not None:
        write_annotations(predictions, articles, found)
    scores: Scores = {"n": sum(len(article.spans["Cue"]) for article in articles)}
    for part in PARTS:
        pairs = zip(articles, found, strict=True)
        total = sum((count_matches(ours[part], article.spans[part]) for article, ours in pairs), Counts())
        scores.update(total.scores(f"{part.lower()}_"))
    scores.update(claims.scores("claims_"))
    scores["asserted_leak"] = leaks / claims.gold if claims.gold else 0.0
    return scores


def claims_attributed(claims: Iterable[Claim], article: Marked) -> tuple[Counts, int]:
    """Claims with a source against those in an annotated content, and how many of the latter are asserted all the same.

    A claim that is asserted in the article's own voice, though its relation stands in somebody's content, tells what
    the article only reports.
    """
    contents = [piece for pieces in article.spans["Content"] for piece in pieces]
    total, leaks = Counts(), 0
    for claim in claims:
        where = claim.relation.span
        if not _touches((where,), article.discarded):
            reported = any(piece.covers(where) for piece in contents)
            attributed = claim.source is not None
            total += Counts(reported and attributed, attributed, reported)
            leaks += reported and claim.asserted
    return total, leaks


def read(folder: Path) -> list[Marked]:
    """The annotated articles of a folder, in order of their names.

    :raises EvaluationError: if the folder is not laid out so, or a line of an annotation is malformed.
    """
    require_folder(folder)
    files: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        files.setdefault(ANNOTATOR.sub("", path.stem), path)
    if not files:
        raise EvaluationError(f"{folder} has no attributions/*.ann beside text/*.txt; give PolNeAR's folder")
    return [_read_article(path, folder / "text" / f"{name}.txt") for name, path in files.items()]


def _read_article(path: Path, text_path: Path) -> Marked:
    article = Marked(text_path.stem, read_text(text_path))
    for number, line in numbered_lines(path):
        if line.startswith("T"):
            label, offsets = _parse_span(line, path, number)
            pieces = normalise(offsets, article.text)
            if not pieces or offsets[-1][1] > len(article.text):
                raise malformed(path, number, f"the span leaves the text of {text_path.name}, or is empty")
            if label in article.spans:
                article.spans[label].add(pieces)
            elif label == "Discard":
                article.discarded.extend(pieces)
    return article


def _parse_span(line: str, path: Path, number: int) -> tuple[str, list[tuple[int, int]]]:
    fields = line.split("\t")
    match = re.fullmatch(r"(\S+) (\d+ \d+(?:;\d+ \d+)*)", fields[1]) if len(fields) > 1 else None
    if match is None:
        raise malformed(path, number, "a span needs its id, a tab, its label, and start and end")
    pieces = [piece.split() for piece in match[2].split(";")]
    return match[1], sorted((int(start), int(end)) for start, end in pieces)


def normalise(offsets: Iterable[tuple[int, int]], text: str) -> Pieces:
    """Pieces without white space at their edges; those with only white space between them are joined.

    >>> normalise([(0, 3), (4, 8), (10, 12)], "He  left, he")
    (Span(start=0, end=8), Span(start=10, end=12))
    """
    joined: list[tuple[int, int]] = []
    for start, end in sorted(offsets):
        words = text[start:end]
        start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
        if start >= end:
            continue
        if joined and not text[joined[-1][1] : start].strip():
            start, end = joined[-1][0], max(end, joined.pop()[1])
        joined.append((start, end))
    return tuple(Span(start, end) for start, end in joined)


def predicted_spans(doc: Doc, article: Marked) -> dict[str, set[Pieces]]:
    """The spans of the outermost attributions found in a Doc, by part, those in discarded text left out."""
    found: dict[str, set[Pieces]] = {part: set() for part in PARTS}
    for attribution in outermost(attributions(doc)):
        sources = () if attribution.source is None else (attribution.source,)
        for part, spans in zip(PARTS, (sources, (attribution.cue,), attribution.content), strict=True):
            offsets = ((span.start_char, span.end_char) for span in spans)
            if part == "Content":
                offsets = (with_quotes(start, end, article.text) for start, end in offsets)
            pieces = normalise(offsets, article.text)
            if pieces and not _touches(pieces, article.discarded):
                found[part].add(pieces)
    return found


def with_quotes(start: int, end: int, text: str) -> tuple[int, int]:
    """A content with the quotation marks beside it, which the benchmark counts in, and what stands before the last.

    >>> text = "“We left,” he said."
    >>> text[slice(*with_quotes(1, 8, text))]
    '“We left,”'
    """
    opening, closing = OPENING.search(text, max(0, start - 3), start), CLOSING.match(text, end)
    return (opening.start() if opening else start), (closing.end() if closing else end)


def _touches(pieces: Pieces, others: list[Span]) -> bool:
    return any(piece.start < other.end and other.start < piece.end for piece in pieces for other in others)


def write_annotations(folder: Path, articles: list[Marked], found: list[dict[str, set[Pieces]]]) -> None:
    """Write predictions as the benchmark has them: a stand-off file for each article."""
    folder.mkdir(parents=True, exist_ok=True)
    for article, spans in zip(articles, found, strict=True):
        lines = "".join(f"{line}\n" for line in _annotation_lines(article.text, spans))
        (folder / f"{article.name}.ann").write_text(lines, encoding="utf8")


def _annotation_lines(text: str, spans: dict[str, set[Pieces]]) -> Iterator[str]:
    ordered = sorted((pieces, part) for part in PARTS for pieces in spans[part])
    for number, (pieces, part) in enumerate(ordered, start=1):
        offsets = ";".join(f"{piece.start} {piece.end}" for piece in pieces)
        words = " ".join(" ".join(piece.of(text).split()) for piece in pieces)
        yield f"T{number}\t{part} {offsets}\t{words}"
