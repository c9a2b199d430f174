"""From spans of characters, as claims have them, to the tokens of a Doc."""

from __future__ import annotations

from spacy.tokens import Doc
from spacy.tokens import Span as Tokens

from kg.model import Span


def tokens_of(doc: Doc, span: Span) -> Tokens | None:
    """The tokens that a span of characters touches; nothing where it touches none.

    >>> import spacy
    >>> doc = Doc(spacy.blank("en").vocab, words=["Russian", "troops"], heads=[1, 1], deps=["amod", "ROOT"])
    >>> tokens_of(doc, Span(3, 6))
    Russian
    """
    tokens = doc.char_span(span.start, span.end, alignment_mode="expand")
    return tokens if tokens is not None and len(tokens) else None


def head_index(doc: Doc, span: Span) -> int | None:
    """The index of the token that heads a span of characters; nothing where the span covers no token.

    >>> import spacy
    >>> doc = Doc(spacy.blank("en").vocab, words=["Russian", "troops"], heads=[1, 1], deps=["amod", "ROOT"])
    >>> head_index(doc, Span(0, 14))
    1
    """
    tokens = tokens_of(doc, span)
    return None if tokens is None else tokens.root.i
