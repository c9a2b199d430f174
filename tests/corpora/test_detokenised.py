from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.corpora.detokenised import detokenise
from kg.model import Span

WORD = st.text(alphabet="abcÉ.,'-`\"$%()", min_size=1, max_size=5) | st.sampled_from(
    ["``", "''", "-LRB-", "n't", "'s", '"']
)


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        ("He did n't say why .", "He didn't say why."),
        ("`` Yes , '' she said .", "“Yes,” she said."),
        ('" Yes " , he said', "“Yes”, he said"),
        ("Miami - based exiles -LRB- 3 -RRB-", "Miami-based exiles (3)"),
        ("an increase to $ 4.25", "an increase to $4.25"),
        ("the allies ' aims", "the allies' aims"),
        ("he said - and left", "he said-and left"),
        ("A - B", "A-B"),
        ("- first", "- first"),
    ],
)
def test_text_reads_as_printed(tokens, text):
    assert detokenise(tokens.split()).text == text


def test_a_span_is_rendered_in_the_benchmarks_words():
    sentence = detokenise(["``", "Kormoran", "''", "was", "the", "only", "ship", "."])
    assert sentence.text == "“Kormoran” was the only ship."
    assert sentence.render(Span(0, 10)) == "`` Kormoran ''"
    assert sentence.render(Span(11, 23)) == "was the only"
    assert sentence.words_in(Span(1, 9)) == [1]


@given(st.lists(WORD, min_size=1, max_size=12))
def test_every_word_is_found_again(words):
    sentence = detokenise(words)
    assert sentence.render(Span(0, len(sentence.text))) == " ".join(words)
    assert [sentence.render(span) for span in sentence.spans] == words
