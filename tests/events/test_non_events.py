"""Sentences of sport, weather, culture, markets and private life, parsed by the bundled pipeline, name no event."""

from __future__ import annotations

from pathlib import Path

from kg.language.pipeline import load_pipeline

SENTENCES = Path(__file__).with_name("non_events.txt").read_text(encoding="utf-8").splitlines()
MOST = 0.05


def test_at_most_one_in_twenty_is_coded() -> None:
    nlp = load_pipeline()
    coded = [text for text in SENTENCES if any(claim.event for claim in nlp(text)._.claims)]
    assert len(SENTENCES) >= 150
    assert len(coded) <= MOST * len(SENTENCES), coded
