"""Tokenised benchmark sentences as a newspaper would print them, and spans of that text back as the benchmark's words.

Some benchmarks give sentences as Penn Treebank tokens with a space between any two ("did n't", "`` yes ''", "Miami -
based"). The extractor reads articles, so it is given text with ordinary spacing and quotation marks, and tokenises it
itself; what it finds is rendered in the benchmark's own words, so that exact matches stay possible.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from kg.model import Span

BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}"}
QUOTES = {"``": "“", "''": "”", "`": "‘"}
JOINS_LEFT = frozenset(".,;:?!%)]}”’") | {"...", "'s", "n't", "'re", "'ve", "'ll", "'d", "'m", "'"}
JOINS_RIGHT = frozenset("([{$£€#“‘")
HYPHENS = frozenset("-–/")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A tokenised sentence: its words as the benchmark has them, the text made of them, and each word's span there."""

    words: tuple[str, ...]
    text: str
    spans: tuple[Span, ...]

    def words_in(self, span: Span) -> list[int]:
        """The numbers of the words that a span of the text touches, in order."""
        return [i for i, word in enumerate(self.spans) if word.start < span.end and span.start < word.end]

    def render(self, span: Span) -> str:
        """A span of the text in the benchmark's words, with a space between any two.

        >>> sentence = detokenise("He did n't go .".split())
        >>> sentence.text, sentence.render(Span(3, 9))
        ("He didn't go.", "did n't")
        """
        return " ".join(self.words[i] for i in self.words_in(span))


def detokenise(words: list[str]) -> Sentence:
    """Join words as a newspaper prints them.

    A straight double quotation mark opens and closes in turn. A hyphen is closed up when it stands between two words.

    >>> detokenise("`` Miami - based exiles '' -LRB- 1 % -RRB- .".split()).text
    '“Miami-based exiles” (1%).'
    """
    shown = _shown(words)
    text, spans = "", list[Span]()
    for i, form in enumerate(shown):
        if i and not _joined(shown, i):
            text += " "
        spans.append(Span(len(text), len(text) + len(form)))
        text += form
    return Sentence(tuple(words), text, tuple(spans))


def _shown(words: list[str]) -> list[str]:
    """The words with ordinary brackets and quotation marks, in Unicode's composed form."""
    shown: list[str] = []
    quote_open = False
    for word in words:
        form = unicodedata.normalize("NFC", BRACKETS.get(word, QUOTES.get(word, word)))
        if word == '"':
            form = "”" if quote_open else "“"
        quote_open = form == "“" or (quote_open and form != "”")
        shown.append(form)
    return shown


def _joined(shown: list[str], i: int) -> bool:
    """Whether word ``i`` follows the one before it without a space."""
    before, here = shown[i - 1], shown[i]
    if here in JOINS_LEFT or here.lower() in JOINS_LEFT or before in JOINS_RIGHT:
        return True
    if here in HYPHENS:
        return _is_word(before) and i + 1 < len(shown) and _is_word(shown[i + 1])
    return before in HYPHENS and i >= 2 and _is_word(shown[i - 2]) and _is_word(here)


def _is_word(form: str) -> bool:
    return form[0].isalnum() and form[-1].isalnum()
