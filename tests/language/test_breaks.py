"""Sentence boundaries that the layout tells."""

from __future__ import annotations

import time

import pytest
import spacy

from kg.language.breaks import LONGEST_SENTENCE, break_at_paragraphs

NLP = spacy.blank("en")
NLP.max_length = 10_000_000


def starts(text: str) -> list[str]:
    return [token.text for token in break_at_paragraphs(NLP(text)) if token.is_sent_start]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("OSLO/BERN (Reuters) - Norway spoke.", ["OSLO", "Norway"]),
        ("GENEVA, Switzerland, 3 June 2024 (AFP) -- Talks ended.", ["GENEVA", "Talks"]),
        ("Oslo (AFP) - Norway spoke.", ["Oslo", "Norway"]),
        ("NATO: The alliance met.", ["NATO", "The"]),
        ("09:30 Chile signs pact", ["09:30", "Chile"]),
        ("A well-known man said: nothing came.", ["A"]),
    ],
    ids=["two places", "region and date", "small letters", "label", "hour", "no label"],
)
def test_openings(text: str, wanted: list[str]) -> None:
    assert starts(text) == wanted


def test_a_heading_ends_with_its_line() -> None:
    assert starts("Rebels seize port\nThe rebels seized the port of the town on Monday, witnesses said.") == [
        "Rebels",
        "The",
    ]


def test_a_wrapped_line_goes_on() -> None:
    assert starts(
        "The rebels who had seized the port of the northern town left it to\nAli on Monday after a day of talks there."
    ) == ["The"]


def test_items_go_on_with_what_the_line_above_began() -> None:
    assert starts("They agreed to:\n\n- cut tariffs;\n- open ports.\n\nThen they left.") == ["They", "Then"]


def test_items_that_begin_like_sentences_are_sentences() -> None:
    assert starts("They agreed:\n\n- Tariffs fall.\n\n- Ports open.") == ["They", "-", "-"]


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
