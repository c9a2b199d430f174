"""Read entity mentions from treebanks in GUM's manner: ``Entity=(12-person-new-...-coref-Wikipedia_title`` in MISC."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.corpora.conllu import Document, Placed, read_documents
from kg.errors import EvaluationError
from kg.model import MentionType, Span

BRACKET = re.compile(r"(\()?([^()]+)(\))?")
FIELDS = 7
NAME_TAGS = ("NNP", "NNPS")
PRONOUN_TAGS = ("PRP", "PRP$")


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A mention: its span in the document's text, that of its head, its entity, and what it names.

    ``entity`` is the number of its entity within the document, ``category`` GUM's class ("person", "place" ...), and
    ``title`` the Wikipedia page of the entity, where it has one.
    """

    span: Span
    head: Span
    entity: str
    category: str
    type: MentionType
    title: str | None = None


def read_mentions(path: Path) -> list[tuple[Document, list[GoldMention]]]:
    """The documents of a treebank with their mentions, in order of the text.

    :raises EvaluationError: if the file is no CoNLL-U, holds no mention, or brackets do not close.
    """
    documents = read_documents(path)
    found = [(document, mentions_of(document, path)) for document in documents]
    if not any(mentions for _, mentions in found):
        raise EvaluationError(f"{path} has no Entity= in its last column; give a treebank with entities, such as GUM")
    return found


def mentions_of(document: Document, path: Path) -> list[GoldMention]:
    """The mentions of a document, in order of the text.

    :raises EvaluationError: if a bracket is malformed, or is not closed.
    """
    open_mentions: dict[str, list[tuple[int, list[str]]]] = {}
    found: list[GoldMention] = []
    for i, placed in enumerate(document.words):
        for opens, body, closes in BRACKET.findall(_entity_field(placed)):
            if opens:
                fields = body.split("-", FIELDS)
                if len(fields) < FIELDS:
                    raise EvaluationError(f"{path}: in {document.name}, {placed.word.form!r} has a malformed {body!r}")
                open_mentions.setdefault(fields[0], []).append((i, fields))
            if closes:
                number = body.split("-", 1)[0]
                if not open_mentions.get(number):
                    raise EvaluationError(f"{path}: in {document.name}, {body!r} closes a mention that is not open")
                first, fields = open_mentions[number].pop()
                found.append(_mention(document.words, first, i, fields))
    if any(open_mentions.values()):
        raise EvaluationError(f"{path}: a mention of {document.name} is not closed")
    return sorted(found, key=lambda mention: (mention.span.start, -mention.span.end, mention.entity))


def _entity_field(placed: Placed) -> str:
    fields = placed.word.misc.split("|")
    return next((field.removeprefix("Entity=") for field in fields if field.startswith("Entity=")), "")


def _mention(words: Sequence[Placed], first: int, last: int, fields: list[str]) -> GoldMention:
    inside = range(first, last + 1)
    head = next((words[i] for i in inside if words[i].head not in inside), words[last])
    return GoldMention(
        span=Span(words[first].span.start, words[last].span.end),
        head=head.span,
        entity=fields[0],
        category=fields[1],
        type=_type(head, single=first == last),
        title=fields[FIELDS] if len(fields) > FIELDS else None,
    )


def _type(head: Placed, *, single: bool) -> MentionType:
    if head.word.xpos in NAME_TAGS:
        return "name"
    return "pronoun" if single and head.word.xpos in PRONOUN_TAGS else "nominal"
