"""Claims that were judged by hand, in the texts of public corpora, for measuring and learning confidence.

Two tables hold the judgements apart from the texts: where subject and object stand in which document, the relation,
polarity, modality and source, and what a reader of the document finds. ``judged_claims.tsv``, the older one, says
whether a claim is right; else what is wrong first: the parse (who did what), the reference (whom a word means), the
modality or polarity, or the source. ``judged_edges.tsv`` judges each aspect on its own, 1 for right: ``participants``
(who did it to whom, as entities), ``label`` (the relation as it is printed), ``standing`` (polarity and modality),
``said_by`` (source), and whether an analyst would want it (``worth``). ``reader`` tells readings of one claim apart.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import Literal, cast

from kg.corpora.conllu import read_documents
from kg.corpora.detokenised import detokenise
from kg.corpora.files import json_lines, malformed, numbered_lines
from kg.model import Article, Claim, Span

TABLE = Path(__file__).with_name("judged_claims.tsv")
COLUMNS = ("corpus", "document", "subject", "relation", "object", "polarity", "modality", "source", "verdict")
Verdict = Literal["right", "parse", "reference", "modality", "source"]
EDGES = Path(__file__).with_name("judged_edges.tsv")
ASPECTS = ("participants", "label", "standing", "said_by", "worth")
Key = tuple[str, ...]
"""Corpus, document and all that a judgement speaks of."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a reader finds of a claim, aspect by aspect."""

    participants: bool
    label: bool
    standing: bool
    said_by: bool
    worth: bool

    @property
    def accepted(self) -> bool:
        """Whether the claim is right as it is printed; whether it is worth having is another question."""
        return self.participants and self.label and self.standing and self.said_by


@dataclass(frozen=True, slots=True)
class Text:
    """A document of a corpus as an article."""

    corpus: str
    document: str
    article: Article


def judgements(path: Path = TABLE) -> dict[Key, Verdict]:
    """The verdicts by what they judge."""
    with path.open(encoding="utf8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return {tuple(row[c] for c in COLUMNS[:-1]): cast(Verdict, row["verdict"]) for row in rows}


def edge_judgements(path: Path = EDGES) -> dict[Key, dict[str, Judgement]]:
    """The judgements of claims aspect by aspect, by what they judge and by reader.

    :raises EvaluationError: if the table is malformed.
    """
    found: dict[Key, dict[str, Judgement]] = {}
    with path.open(encoding="utf8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file, delimiter="\t"), start=2):
            values = [row.get(aspect) for aspect in ASPECTS]
            if not set(values) <= {"0", "1"} or any(row.get(column) is None for column in COLUMNS[:-1]):
                raise malformed(path, number, f"a judgement has {', '.join(ASPECTS)}, each 0 or 1")
            key = tuple(row[column] for column in COLUMNS[:-1])
            found.setdefault(key, {})[row["reader"]] = Judgement(*(value == "1" for value in values))
    return found


def is_right(key: Key, claims: dict[Key, Verdict], edges: dict[Key, dict[str, Judgement]]) -> bool | None:
    """Whether a claim was judged right, by the first reading of either table; None if nobody judged it."""
    if key in edges:
        return edges[key][min(edges[key])].accepted
    return claims[key] == "right" if key in claims else None


def key_of(text: Text, claim: Claim) -> Key:
    """What a judgement of a claim speaks of; a claim that differs in any of it needs a judgement of its own."""
    source = "-" if claim.source is None else _place(claim.source.span) or claim.source.cue
    object_ = "-" if claim.object is None else _place(claim.object.span) + "*" * claim.object.inferred
    return (
        text.corpus, text.document, _place(claim.subject.span), claim.relation.lemma, object_, claim.polarity,
        claim.modality, source,
    )  # fmt: skip


def _place(span: Span | None) -> str:
    return f"{span.start}-{span.end}" if span is not None else ""


def texts(data: Path) -> Iterator[Text]:
    """The documents that judged claims stand in.

    :param data: the folder with ``treebank/``, ``relations/`` and ``ner/``.
    :raises EvaluationError: if a corpus is missing or malformed.
    """
    for document in read_documents(data / "treebank" / "gum-train.conllu"):
        if "_news_" in document.name:
            yield Text("gum", document.name, Article.make(text=document.text))
    for part in ("CENTCOM", "Wikipedia"):
        for _, row in json_lines(data / "relations" / "re3d" / part / "documents.json", required=("_id", "text")):
            yield Text("re3d", row["_id"], Article.make(text=row["text"]))
    words = (line.split("\t") for _, line in islice(numbered_lines(data / "ner" / "gmb-66k.tsv"), 1, None))
    for number, rows in groupby(words, key=lambda row: row[1]):
        yield Text("gmb", number, Article.make(text=detokenise([row[2] for row in rows]).text))
