"""From the spans of claims to the tokens of a Doc."""

from __future__ import annotations

from spacy.tokens import Doc

from kg.model import Span


def head_index(doc: Doc, span: Span) -> int | None:
    """The index of the token that heads a span of characters; nothing where the span covers no token.

    >>> import spacy
    >>> doc = Doc(spacy.blank("en").vocab, words=["Russian", "troops"], heads=[1, 1], deps=["amod", "ROOT"])
    >>> head_index(doc, Span(0, 14))
    1
    """
    tokens = doc.char_span(span.start, span.end, alignment_mode="expand")
    return tokens.root.i if tokens is not None and len(tokens) else None
