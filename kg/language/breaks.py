"""The component ``kg_breaks``: a blank line or line end closes a sentence before the parser looks for boundaries."""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc


@Language.factory("kg_breaks")
def make_breaks(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """The component that sets sentence starts after blank lines and after a title's line."""
    return break_at_paragraphs


def break_at_paragraphs(doc: Doc) -> Doc:
    """Start a sentence at every paragraph; within a paragraph the parser decides.

    >>> import spacy
    >>> doc = break_at_paragraphs(spacy.blank("en")("Envoy leaves\\n\\nThe envoy left."))
    >>> [token.text for token in doc if token.is_sent_start]
    ['Envoy', 'The']
    """
    after_break = False
    for token in doc:
        if token.is_space and "\n" in token.text:
            after_break = token.text.count("\n") > 1 or after_break
            if token.i:
                token.is_sent_start = False
        elif after_break:
            token.is_sent_start = True
            after_break = False
    return doc
