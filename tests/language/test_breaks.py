"""Sentence boundaries from the layout: set in time proportional to the text, and before any sentence grows endless."""

from __future__ import annotations

import time

import spacy

from kg.language.breaks import LONGEST_SENTENCE, break_at_paragraphs

NLP = spacy.blank("en")
NLP.max_length = 10_000_000


def starts(text: str) -> list[str]:
    return [token.text for token in break_at_paragraphs(NLP(text)) if token.is_sent_start]


def test_a_dateline_and_a_title() -> None:
    assert starts("KYIV, Feb 1 (Reuters) - Rep. Smith left.") == ["KYIV", "Rep."]
    doc = break_at_paragraphs(NLP("Rep. Smith left."))
    assert [token.is_sent_start for token in doc][:2] == [True, False]


def test_what_has_no_end_is_cut() -> None:
    doc = break_at_paragraphs(NLP("one, " * 1000))
    cuts = [token.i for token in doc if token.is_sent_start]
    assert max(b - a for a, b in zip(cuts, [*cuts[1:], len(doc)], strict=True)) <= LONGEST_SENTENCE + 1
    assert starts("Envoys met. " * 200) == ["Envoys"]


def test_it_takes_time_in_proportion_to_the_text() -> None:
    def seconds(words: int) -> float:
        doc = NLP("Envoys met in Kyiv.\n\n" * (words // 5))
        start = time.process_time()
        break_at_paragraphs(doc)
        return time.process_time() - start

    assert seconds(100_000) < 40 * max(seconds(10_000), 0.01)
