"""Treebank documents (CoNLL-U) as raw text, with where each word stands in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.corpora.files import malformed, numbered_lines
from kg.corpora.treebank import PARAGRAPH_BREAK, Sentence, Word, read_sentences
from kg.errors import EvaluationError
from kg.model import Span

COLUMNS = 10


@dataclass(frozen=True, slots=True)
class Placed:
    """A gold word, its span in the document's text, and the number of its head's word in the document (-1: a root)."""

    word: Word
    span: Span
    head: int


@dataclass(frozen=True, slots=True)
class Document:
    """A document's name, genre (where its comments tell), raw text, and words in order."""

    name: str
    genre: str
    text: str
    words: tuple[Placed, ...]


def check(path: Path) -> None:
    """Refuse a file that is no CoNLL-U.

    :raises EvaluationError: naming the first line that breaks the format.
    """
    words = 0
    for number, line in numbered_lines(path):
        if line.startswith("#"):
            continue
        fields = line.split("\t")
        if len(fields) != COLUMNS:
            raise malformed(path, number, f"a word has {COLUMNS} columns divided by tabs, not {len(fields)}")
        if fields[0].isdigit():
            words += 1
            if not fields[6].isdigit():
                raise malformed(path, number, f"the head must be a number, not {fields[6]!r}")
    if not words:
        raise EvaluationError(f"{path} holds no word; give a CoNLL-U file")


def read_documents(path: Path) -> list[Document]:
    """The documents of a CoNLL-U file; a file without ``# newdoc`` is one.

    Paragraphs are divided by a blank line, words as ``SpaceAfter=No`` says.

    :raises EvaluationError: if the file is no CoNLL-U.
    """
    check(path)
    return [_document(sentences, path.stem) for sentences in _by_document(read_sentences(path))]


def _by_document(sentences: Iterator[Sentence]) -> Iterator[list[Sentence]]:
    group: list[Sentence] = []
    for sentence in sentences:
        if group and sentence.starts_document:
            yield group
            group = []
        group.append(sentence)
    if group:
        yield group


def _document(sentences: list[Sentence], default_name: str) -> Document:
    text, placed = "", list[Placed]()
    for number, sentence in enumerate(sentences):
        if number and sentence.starts_paragraph:
            text = text.rstrip() + PARAGRAPH_BREAK
        first = len(placed)
        for word in sentence.words:
            span = Span(len(text), len(text) + len(word.form))
            placed.append(Placed(word, span, first + word.head if word.head >= 0 else -1))
            text += word.form + (" " if word.space_after else "")
    comments = sentences[0].comments
    name = comments.get("newdoc id", default_name)
    return Document(name, comments.get("meta::genre", ""), text.rstrip(), tuple(placed))
