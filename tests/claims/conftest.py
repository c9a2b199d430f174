"""Docs built by hand from one line of words, tags, labels, heads and mentions."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from spacy.tokens import Doc

from kg.language.extensions import register
from kg.language.pipeline import load_bare_pipeline
from kg.model import Article, Entity, Mention, Span

PART_OF_SPEECH = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "PRP": "PRON", "PRP$": "PRON", "WDT": "PRON",
    "WP": "PRON", "DT": "DET", "IN": "ADP", "TO": "PART", "MD": "AUX", "JJ": "ADJ", "RB": "ADV", "CC": "CCONJ",
    "CD": "NUM", "POS": "PART", ".": "PUNCT", ",": "PUNCT", "$": "SYM", "``": "PUNCT", "''": "PUNCT",
}  # fmt: skip
NO_SPACE_BEFORE = ("POS", ".", ",", "''")
AUXILIARY = ("aux", "aux:pass", "auxpass", "cop")


@pytest.fixture(scope="session")
def parsed() -> Callable[..., Doc]:
    nlp = load_bare_pipeline()
    lemmatizer = nlp.get_pipe("kg_lemmatizer")
    register()

    def parse(line: str, *, published: str | None = None) -> Doc:
        words = [word.split("/") if not word.startswith("/") else ["/", *word[2:].split("/")] for word in line.split()]
        doc = Doc(
            nlp.vocab,
            words=[w[0] for w in words],
            spaces=[after[1] not in NO_SPACE_BEFORE and w[1] != "``" for w, after in pairwise([*words, ["", "."]])],
            tags=[w[1] for w in words],
            deps=[w[2] for w in words],
            heads=[int(w[3]) - 1 for w in words],
            pos=["AUX" if w[2] in AUXILIARY else PART_OF_SPEECH.get(w[1], "VERB") for w in words],
        )
        doc = lemmatizer(doc)
        doc._.article = Article(id="hand-made", text=doc.text, published=published)
        for token, word in zip(doc, words, strict=True):
            if len(word) > 4:
                name, kind = word[4].split(":")
                doc._.entities = doc._.entities | {name: Entity(id=name, kind=kind, name=name)}
                span = Span(token.idx, token.idx + len(token))
                kind_of_mention = "pronoun" if token.pos_ == "PRON" else "name"
                mention = Mention("hand-made", span, token.text, kind_of_mention, name, "by hand")
                doc._.mention_heads = doc._.mention_heads | {token.i: mention}
        return doc

    return parse
