"""Attributions that the layout tells: "Speaker: words" as a line, and a dash before the name below quoted words."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span

from kg.grammar.attribution.act import Attribution, without_edges
from kg.grammar.predicates import signature
from kg.grammar.quotations import quotations
from kg.grammar.words import is_word

NOMINAL_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS", "CD", "JJ", "DT", "CC", "POS"})
DASHES = frozenset({"―", "—", "–", "--", "-"})
LONGEST_SPEAKER = 5


def _lines(doc: Doc) -> Iterator[Span]:
    """The lines of a text: headlines, paragraphs, turns of a transcript."""
    start = 0
    for token in doc:
        if token.is_space and "\n" in token.text:
            if token.i > start:
                yield doc[start : token.i]
            start = token.i + 1
    if start < len(doc):
        yield doc[start:]


def of_colons(doc: Doc) -> Iterator[Attribution]:
    """A line "Speaker: words", as headlines and transcripts have it, or a headline "words: speaker"."""
    for line in _lines(doc):
        colon = next((t for t in line if t.text == ":"), None)
        if colon is None:
            continue
        before, after = doc[line.start : colon.i], doc[colon.i + 1 : line.end]
        if before and after and _names_a_speaker(before):
            yield Attribution(
                without_edges(before), doc[colon.i : colon.i + 1], (after,), "colon", speaker=before.root, head=colon
            )


def _names_a_speaker(words: Span) -> bool:
    """Whether a few words name somebody: a person or organisation, a name in capitals, an office, a kind of report."""
    named = [t for t in words if not t.is_punct]
    if not 0 < len(named) <= LONGEST_SPEAKER or any(t.tag_ not in NOMINAL_TAGS for t in named):
        return False
    reports = is_word(named[-1], "role") or signature(named[-1].lemma_.lower(), "noun") is not None
    return reports or any(t.ent_type_ in ("PERSON", "ORG") or (t.is_upper and len(t) > 2) for t in named)


def of_dashes(doc: Doc) -> Iterator[Attribution]:
    """A line "— Speaker" that ends or follows quoted words."""
    quoted = [q.span for q in quotations(doc)]
    for line in _lines(doc):
        dash = next((t for t in reversed(list(line)) if t.text.lstrip("”") in DASHES), None)
        if dash is None:
            continue
        source = doc[dash.i + 1 : line.end]
        source = without_edges(source) if source else source
        before = [q for q in quoted if q.end <= dash.i and dash.i - q.end < 5]
        if before and source and len(source) <= LONGEST_SPEAKER and all(t.tag_ in NOMINAL_TAGS for t in source):
            yield Attribution(source, doc[dash.i : dash.i + 1], (before[-1],), "dash", speaker=source.root, head=dash)
