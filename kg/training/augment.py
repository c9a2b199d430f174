"""Vary training text the way news varies, each variation of :mod:`kg.corpora.variations` with a chance of its own."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

from spacy.language import Language
from spacy.training import Example
from spacy.util import registry

from kg.corpora.variations import VARIATIONS

CHANCES = {
    "curly-quotes": 0.20,
    "straight-quotes": 0.05,
    "headline-case": 0.05,
    "upper-case": 0.02,
    "lower-case": 0.03,
    "no-accents": 0.05,
    "dashes": 0.05,
}


@registry.augmenters("kg.news_text.v1")
def news_text_augmenter() -> Callable[[Language, Example], Iterator[Example]]:
    """Yield each example once, varied with the chances of ``CHANCES``; spaCy seeds the random numbers."""

    def augment(nlp: Language, example: Example) -> Iterator[Example]:
        words = [token.text for token in example.reference]
        varied = words
        for name, chance in CHANCES.items():
            if random.random() < chance:
                varied = VARIATIONS[name](varied)
        yield example if varied == words else reworded(nlp, example, varied)

    return augment


def reworded(nlp: Language, example: Example, words: list[str]) -> Example:
    """The same annotation over other words, one for one."""
    annotation: dict[str, Any] = example.to_dict()
    annotation["token_annotation"]["ORTH"] = words
    text = "".join(word + token.whitespace_ for word, token in zip(words, example.reference, strict=True))
    annotation["doc_annotation"].pop("spans", None)
    return Example.from_dict(nlp.make_doc(text), annotation)
