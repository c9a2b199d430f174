"""Where quotations begin and end, and which lines, labels and blocks are somebody's words."""

from __future__ import annotations

import pytest
import spacy

from kg.grammar.attribution.labels import turns_of
from kg.grammar.attribution.quoted import quoted_spans
from kg.grammar.tree import tree_of

NLP = spacy.blank("en")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('He said "go" and "stay".', ["go", "stay"]),
        ('He asked: "She told me “go home” at once." Nobody spoke.', ["She told me “go home” at once."]),
        ('"We left." That was all. "We came back."', ["We left.", "We came back."]),
        ("”We left.” — Ali", ["We left."]),
        ("“We left.\n\n“We came back.”", ["We left.", "We came back."]),
        ('A 5" pipe was found.', []),
    ],
)
def test_where_quotations_begin_and_end(text: str, wanted: list[str]) -> None:
    assert [span.text for span in quoted_spans(NLP(text))] == wanted


def tagged(*lines: str) -> spacy.tokens.Doc:
    """A Doc of lines of ``word/TAG``, each line a paragraph; words that are no verbs hang on the first."""
    words, tags = [], []
    for line in lines:
        for item in line.split():
            word, tag = item.rsplit("/", 1)
            words.append(word)
            tags.append(tag)
        words.append("\n\n")
        tags.append("_SP")
    pos = ["SPACE" if t == "_SP" else "PUNCT" if t == ":" else "NOUN" if t.startswith("N") else "X" for t in tags]
    heads, deps = [0] * len(words), ["ROOT", *["dep"] * (len(words) - 1)]
    lemmas = [word.lower() for word in words]
    return spacy.tokens.Doc(NLP.vocab, words=words, tags=tags, pos=pos, heads=heads, deps=deps, lemmas=lemmas)


def test_a_turn_of_a_transcript_goes_on_to_the_next() -> None:
    doc = tagged(
        "PRICE/NNP :/: Iran/NNP left/VBD", "It/PRP is/VBZ over/RB", "QUESTION/NN :/: Why/WRB", "PRICE/NNP :/: So/RB"
    )
    turns = turns_of(tree_of(doc))
    assert [(turn.label.text, turn.asks) for turn in turns] == [("PRICE", False), ("QUESTION", True), ("PRICE", False)]
    assert turns[0].words.text.split() == ["Iran", "left", "It", "is", "over"]


def test_a_line_with_a_role_is_one_turn_and_a_heading_is_none() -> None:
    doc = tagged("Minister/NN :/: Iran/NNP left/VBD", "Iraq/NNP came/VBD", "Background/NNP :/: Iran/NNP left/VBD")
    assert [turn.words.text.split() for turn in turns_of(tree_of(doc))] == [["Iran", "left"]]
