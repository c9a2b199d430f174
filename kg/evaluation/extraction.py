"""Run the extractor for a scorer: texts in, Docs or claims out."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

import kg
from kg.model import Article, Claim, Span


def claims_of(text: str, *, nlp: Language, open: bool = False) -> list[Claim]:
    """The claims of a text, in order; ``open`` keeps those without an actor and every argument."""
    return list(kg.extract(Article(id="gold", text=text), pipeline=nlp, open=open).claims)


def head_index(doc: Doc, span: Span) -> int | None:
    """The index of the token that heads a span of characters; nothing where the span covers no token.

    >>> import spacy
    >>> doc = Doc(spacy.blank("en").vocab, words=["Russian", "troops"], heads=[1, 1], deps=["amod", "ROOT"])
    >>> head_index(doc, Span(0, 14))
    1
    """
    tokens = doc.char_span(span.start, span.end, alignment_mode="expand")
    return tokens.root.i if tokens is not None and len(tokens) else None
