"""Vary training text the way news varies: curly quotes, dashes, headline case, capitals and lost accents.

Every variation keeps the length of each word in tokens, so the annotation stays as it is.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

from spacy.language import Language
from spacy.training import Example
from spacy.util import registry

CURLY = {'"': "“”", "'": "‘’", "``": "“”", "''": "””"}
DASHES = ("–", "—", "--")


def curl_quotes(words: list[str]) -> list[str]:
    """Turn straight quotation marks and apostrophes into curly ones, opening and closing by turns."""
    opened: dict[str, bool] = {}
    curled: list[str] = []
    for word in words:
        if word in CURLY:
            curled.append(CURLY[word][opened.get(word, False)])
            opened[word] = not opened.get(word, False)
        else:
            curled.append(word.replace("'", "’"))
    return curled


def straighten_quotes(words: list[str]) -> list[str]:
    """Turn curly quotation marks and apostrophes into straight ones."""
    table = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
    return [word.translate(table) for word in words]


def headline_case(words: list[str]) -> list[str]:
    """Begin every word longer than three letters with a capital, as American headlines do."""
    return [word[:1].upper() + word[1:] if len(word) > 3 else word for word in words]


def upper_case(words: list[str]) -> list[str]:
    """Write everything in capitals, as datelines and tickers do."""
    return [word.upper() if len(word.upper()) == len(word) else word for word in words]


def lower_case(words: list[str]) -> list[str]:
    """Write everything in small letters."""
    return [word.lower() if len(word.lower()) == len(word) else word for word in words]


def drop_accents(words: list[str]) -> list[str]:
    """Leave out the accents of Latin letters: "Orbán" becomes "Orban"."""
    return ["".join(c for c in unicodedata.normalize("NFD", w) if not unicodedata.combining(c)) or w for w in words]


def vary_dashes(words: list[str]) -> list[str]:
    """Write a free-standing dash in another of its forms."""
    return [random.choice(DASHES) if word in (*DASHES, "-") else word for word in words]


VARIATIONS: tuple[tuple[float, Callable[[list[str]], list[str]]], ...] = (
    (0.20, curl_quotes),
    (0.05, straighten_quotes),
    (0.05, headline_case),
    (0.02, upper_case),
    (0.03, lower_case),
    (0.05, drop_accents),
    (0.05, vary_dashes),
)


@registry.augmenters("kg.news_text.v1")
def news_text_augmenter() -> Callable[[Language, Example], Iterator[Example]]:
    """Yield each example once, varied with the chances of ``VARIATIONS``; spaCy seeds the random numbers."""

    def augment(nlp: Language, example: Example) -> Iterator[Example]:
        words = [token.text for token in example.reference]
        varied = words
        for chance, variation in VARIATIONS:
            if random.random() < chance:
                varied = variation(varied)
        yield example if varied == words else reworded(nlp, example, varied)

    return augment


def reworded(nlp: Language, example: Example, words: list[str]) -> Example:
    """The same annotation over other words, one for one."""
    annotation: dict[str, Any] = example.to_dict()
    annotation["token_annotation"]["ORTH"] = words
    text = "".join(word + token.whitespace_ for word, token in zip(words, example.reference, strict=True))
    annotation["doc_annotation"].pop("spans", None)
    return Example.from_dict(nlp.make_doc(text), annotation)
