"""Sentences of sport, weather, culture, markets and private life, parsed by the bundled pipeline, name no event."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from kg.events.coder import Coder
from kg.language.pipeline import DEFAULT, PACKAGES
from kg.language.tree import tree_of

SENTENCES = Path(__file__).with_name("non_events.txt").read_text(encoding="utf-8").splitlines()
MOST = 0.05


@pytest.fixture(scope="module")
def docs() -> list[Doc]:
    return list(spacy.load(PACKAGES / DEFAULT).pipe(SENTENCES))


def names_an_event(doc: Doc, coder: Coder) -> bool:
    tree = tree_of(doc)
    heads = [token for token in doc if tree.child(token, "nsubj")]
    return any(coder.event_at(token) is not None for token in heads)


def test_at_most_one_in_twenty_is_coded(docs: list[Doc]) -> None:
    coder = Coder.load()
    coded = [doc.text for doc in docs if names_an_event(doc, coder)]
    assert len(SENTENCES) >= 150
    assert len(coded) <= MOST * len(SENTENCES), coded
