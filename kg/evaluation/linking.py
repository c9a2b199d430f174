"""Score links of named actors and places to Wikidata: a treebank with GUM's Wikipedia titles, or JSON lines.

Only names that the gold links are judged. Recall is over those whose item the knowledge base holds; precision over
those that were linked at all, to the right item or not. ``jsonl`` has a text a line:
``{"text": "...", "mentions": [{"span": [0, 5], "qid": "Q7747"}]}``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from kg.corpora.files import json_lines, malformed
from kg.corpora.gum import read_mentions
from kg.corpora.wikipedia_items import LINKED_CATEGORIES, find_titles, read_titles
from kg.evaluation.scoring import Counts, Scores, to_json, write_lines
from kg.language.spans import head_index
from kg.model import Entity, Mention, RecordError, Span


@dataclass(frozen=True, slots=True)
class LinkedText:
    """A text with its gold links: the span of a name, or of its head, to the Wikidata item."""

    text: str
    links: Mapping[Span, str]


def score(gold: Path, *, nlp: Language, format: str = "conllu", predictions: Path | None = None) -> Scores:
    """``precision`` and ``recall`` of links; n counts gold links that the knowledge base holds.

    :raises EvaluationError: if the file is in neither format, or the table of Wikipedia titles is not found.
    """
    texts = list(read_jsonl(gold) if format == "jsonl" else read_conllu(gold))
    holds = _held_items()
    total, lines = Counts(), list[str]()
    for item, doc in zip(texts, nlp.pipe(item.text for item in texts), strict=True):
        found = align(doc, item.links)
        total += score_links(found, item.links, holds=holds)
        lines.append(_line(item, found))
    write_lines(predictions, lines)
    return {"n": total.gold, **total.scores()}


def _held_items() -> Callable[[str], bool]:
    """Whether the knowledge base holds an item."""
    from kg.actors.knowledge_base import KnowledgeBase  # reads its file: only for this task

    base = KnowledgeBase.load()
    return lambda qid: base.entity(qid) is not None


def score_links(found: Mapping[Span, str], gold: Mapping[Span, str], *, holds: Callable[[str], bool]) -> Counts:
    """Right links, links made on gold names, and gold links that could be made."""
    judged = [span for span in gold if span in found]
    return Counts(
        correct=sum(found[span] == gold[span] for span in judged),
        predicted=len(judged),
        gold=sum(map(holds, gold.values())),
    )


def align(doc: Doc, gold: Iterable[Span]) -> dict[Span, str]:
    """The items predicted for gold names: the link of the mention with the same head."""
    entities: Mapping[str, Entity] = doc._.entities
    heads: Mapping[int, Mention] = doc._.mention_heads
    links: dict[Span, str] = {}
    for span in gold:
        head = head_index(doc, span)
        mention = heads.get(head) if head is not None else None
        entity = entities.get(mention.entity) if mention else None
        if entity and entity.wikidata:
            links[span] = entity.wikidata
    return links


def read_conllu(path: Path) -> Iterator[LinkedText]:
    """The documents of a treebank with the links of their names.

    :raises EvaluationError: if the treebank or the table of titles cannot be read.
    """
    items = read_titles(find_titles(path))
    for document, mentions in read_mentions(path):
        named = (m for m in mentions if m.type == "name" and m.category in LINKED_CATEGORIES)
        links = {m.head: items[m.title] for m in named if m.title and m.title in items}
        yield LinkedText(document.text, links)


def read_jsonl(path: Path) -> Iterator[LinkedText]:
    """Texts with links from JSON lines.

    :raises EvaluationError: if a line has no text and mentions, or a mention no span within the text and item.
    """
    for number, row in json_lines(path, required=("text", "mentions")):
        links: dict[Span, str] = {}
        for mention in row["mentions"]:
            try:
                span, qid = Span(*mention["span"]), str(mention["qid"])
            except (KeyError, TypeError, RecordError) as error:
                raise malformed(path, number, 'a mention needs "span": [start, end] and "qid"') from error
            if span.end > len(row["text"]):
                raise malformed(path, number, f"the span [{span.start}, {span.end}) leaves the text")
            links[span] = qid
        yield LinkedText(row["text"], links)


def _line(item: LinkedText, found: Mapping[Span, str]) -> str:
    mentions = [{"span": [span.start, span.end], "qid": qid} for span, qid in sorted(found.items())]
    return to_json({"text": item.text, "mentions": mentions})
