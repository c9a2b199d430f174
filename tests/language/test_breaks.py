"""Sentence boundaries that the layout tells."""

from __future__ import annotations

import pytest
import spacy

from kg.language.breaks import break_at_paragraphs

NLP = spacy.blank("en")


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
