"""Score mentions as they stand in news: right, wrong or no link, and right kind, sentence by sentence.

A line has the date of publication, a tab, and a sentence with each mention as ``[words|item]``, or ``[words|=label]``
for what the knowledge base holds without an item. The pipeline gets the sentence without the marks. A mention is right
if it is taken for that entity, wrong if for another of the knowledge base; of the wrong kind if what it is taken for,
known or not, is a person where none is meant, or the other way round, or a place for an organisation.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language

from kg.actors.knowledge_base import KbEntity, KnowledgeBase
from kg.corpora.files import malformed, numbered_lines
from kg.evaluation.scoring import Scores, to_json, write_lines
from kg.language.spans import head_index
from kg.model import Article, Entity, Mention, Span

MARKED = re.compile(r"\[([^\]|]+)\|([^\]]+)\]")
SAME_SORT = frozenset({"place", "country"})


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A sentence, its date, and the item or label of each span."""

    text: str
    published: str
    gold: Mapping[Span, str]


def score(gold: Path, *, nlp: Language, predictions: Path | None = None) -> Scores:
    """Shares of all mentions: ``right``, ``wrong``, ``unlinked`` and ``wrong_kind``; n counts mentions.

    :raises EvaluationError: if a line has no date, or its marks name what the knowledge base does not hold.
    """
    base = KnowledgeBase.load()
    counts: Counter[str] = Counter()
    lines: list[str] = []
    for item in read(gold):
        bare = nlp.make_doc(item.text)
        bare._.article = Article.make(text=item.text, published=item.published)
        doc = nlp(bare)
        for span, meant in item.gold.items():
            entity = _found(doc._.entities, doc._.mention_heads, head_index(doc, span))
            verdict = judged(entity, meant, base)
            counts.update(verdict)
            words = item.text[span.start : span.end]
            taken = entity.name if entity else None
            lines.append(to_json({"text": item.text, "mention": words, "gold": meant, "taken": taken, "is": verdict}))
    write_lines(predictions, lines)
    total = len(lines)
    return {"n": total, **{name: counts[name] / max(total, 1) for name in ("right", "wrong", "unlinked", "wrong_kind")}}


def _found(entities: Mapping[str, Entity], heads: Mapping[int, Mention], head: int | None) -> Entity | None:
    mention = heads.get(head) if head is not None else None
    return entities.get(mention.entity) if mention is not None else None


def judged(entity: Entity | None, meant: str, base: KnowledgeBase) -> list[str]:
    """What is said of a mention: how it is linked, and whether its kind is wrong."""
    known = base.entity(entity.id) if entity is not None else None
    gold = base.entity(meant) if meant.startswith("Q") else None
    right = known is not None and (known.id == meant or known.label == meant.removeprefix("="))
    linked = "right" if right else "wrong" if known is not None else "unlinked"
    kind = gold.kind if gold is not None else _kind(meant, base)
    return [linked, *(["wrong_kind"] if entity is not None and kind and _differs(entity.kind, kind) else [])]


def _kind(meant: str, base: KnowledgeBase) -> str | None:
    found: KbEntity | None = next((c.entity for c in base.lookup(meant.removeprefix("="))), None)
    return found.kind if found is not None else None


def _differs(kind: str, gold: str) -> bool:
    return kind != gold and not {kind, gold} <= SAME_SORT


def read(path: Path) -> Iterator[MarkedText]:
    """The sentences of a file.

    :raises EvaluationError: if a line has no date and sentence, or no mark.
    """
    for number, line in numbered_lines(path):
        if line.startswith("#"):
            continue
        published, tab, marked = line.partition("\t")
        if not tab or not MARKED.search(marked):
            raise malformed(path, number, "a line has a date, a tab and a sentence with [words|item]")
        yield _unmarked(published, marked)


def _unmarked(published: str, marked: str) -> MarkedText:
    text, end = "", 0
    gold: dict[Span, str] = {}
    for mark in MARKED.finditer(marked):
        text += marked[end : mark.start()]
        gold[Span(len(text), len(text) + len(mark[1]))] = mark[2]
        text += mark[1]
        end = mark.end()
    return MarkedText(text + marked[end:], published, gold)
