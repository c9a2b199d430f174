"""Passages of named-entity corpora: words with labelled names, written as text and aligned with spaCy's tokens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc, Span

CLOSING = frozenset({".", ",", ";", ":", "?", "!", "%", ")", "]", "}", "...", "…", "”", "''"})
OPENING = frozenset({"(", "[", "{", "$", "£", "€", "“", "``", "#"})
CLITICS = frozenset({"'s", "’s", "n't", "n’t", "'re", "’re", "'ve", "’ve", "'ll", "’ll", "'d", "’d", "'m", "’m"})
SENTENCES_PER_DOC = (4, 1, 6, 2)


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """A labelled run of words ``[start, end)`` of a sentence; the label "-" means that it is not known."""

    start: int
    end: int
    label: str


UNKNOWN = "-"


@dataclass(slots=True)
class NamedSentence:
    """A sentence of a corpus: words, names that do not overlap, and (where the corpus says it) the spaces."""

    words: list[str]
    names: list[Name] = field(default_factory=list[Name])
    spaces: list[bool] | None = None
    starts_document: bool = False


def spaces_between(words: list[str], *, join_hyphens: bool = False) -> list[bool]:
    """Whether each word is followed by a space when the sentence is written as people write it.

    ``join_hyphens`` writes "post - war" as "post-war", for corpora whose tokenizer split hyphens.

    >>> spaces_between(["Envoys", "'", "talks", ",", "(", "he", "did", "n't", "say", ")", "."])
    [False, True, False, True, False, True, False, True, False, False, False]
    """
    spaces = [not _joins(word, following) for word, following in zip(words, [*words[1:], "."], strict=True)]
    open_quotes: set[str] = set()
    for i, word in enumerate(words):
        if word == '"' or (word == "'" and not _ends_possessive(words, i, open_quotes)):
            closes = word in open_quotes
            (open_quotes.discard if closes else open_quotes.add)(word)
            before, after = (False, None) if closes else (None, False)
        elif word == "'":
            before, after = False, None
        elif word == "-" and join_hyphens and 0 < i < len(words) - 1 and words[i - 1][-1:].isalnum():
            before, after = False, False
        else:
            continue
        if before is not None and i:
            spaces[i - 1] = before
        if after is not None:
            spaces[i] = after
    return spaces


def _joins(word: str, following: str) -> bool:
    return following in CLOSING or following in CLITICS or word in OPENING


def _ends_possessive(words: list[str], i: int, open_quotes: set[str]) -> bool:
    return "'" not in open_quotes and i > 0 and words[i - 1].endswith("s")


def group(sentences: Iterable[NamedSentence]) -> Iterator[list[NamedSentence]]:
    """Yield runs of sentences of one document, of lengths that vary as ``SENTENCES_PER_DOC`` says."""
    run: list[NamedSentence] = []
    turn = 0
    for sentence in sentences:
        if run and (sentence.starts_document or len(run) >= SENTENCES_PER_DOC[turn % len(SENTENCES_PER_DOC)]):
            yield run
            run, turn = [], turn + 1
        run.append(sentence)
    if run:
        yield run


def to_doc(run: list[NamedSentence], nlp: Language, *, join_hyphens: bool = False) -> Doc:
    """Make one gold Doc of a run of sentences, tokenised by ``nlp``; what is not known is missing, not outside."""
    text = ""
    spans: list[tuple[int, int, str]] = []
    for sentence in run:
        spaces = sentence.spaces or spaces_between(sentence.words, join_hyphens=join_hyphens)
        starts: list[int] = []
        ends: list[int] = []
        for word, space in zip(sentence.words, spaces, strict=True):
            starts.append(len(text))
            ends.append(len(text) + len(word))
            text += word + (" " if space else "")
        spans.extend((starts[name.start], ends[name.end - 1], name.label) for name in sentence.names)
        text = text.rstrip() + " "
    return _aligned(nlp.make_doc(text.rstrip()), spans)


def _aligned(doc: Doc, spans: list[tuple[int, int, str]]) -> Doc:
    """Set the names; one whose edges lie inside a token is missing, as far as the tokens it touches."""
    names: list[Span] = []
    missing: list[Span] = []
    taken: set[int] = set()
    for start, end, label in sorted(spans):
        exact = doc.char_span(start, end, label=label) if label != UNKNOWN else None
        span = exact or doc.char_span(start, end, alignment_mode="expand")
        if span is None or not taken.isdisjoint(range(span.start, span.end)):
            continue
        taken.update(range(span.start, span.end))
        (names if exact else missing).append(span)
    doc.set_ents(names, missing=missing, default="outside")  # pyright: ignore[reportArgumentType]  # Span is SpanLike
    return doc
