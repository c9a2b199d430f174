from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.corpora.variations import VARIATIONS
from kg.evaluation.varied import varied

TEXT = "“It’s Orbán’s,” said the  well-known envoy - 'no' --\n\nBut Zenda's king fell."


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("curly-quotes", "“It’s Orbán’s,” said the  well-known envoy - ‘no’ --\n\nBut Zenda’s king fell."),
        ("straight-quotes", "\"It's Orbán's,\" said the  well-known envoy - 'no' --\n\nBut Zenda's king fell."),
        ("headline-case", "“It’s Orbán’s,” Said the  Well-known Envoy - 'no' --\n\nBut Zenda's King Fell."),
        ("upper-case", "“IT’S ORBÁN’S,” SAID THE  WELL-KNOWN ENVOY - 'NO' --\n\nBUT ZENDA'S KING FELL."),
        ("lower-case", "“it’s orbán’s,” said the  well-known envoy - 'no' --\n\nbut zenda's king fell."),
        ("no-accents", "“It’s Orban’s,” said the  well-known envoy - 'no' --\n\nBut Zenda's king fell."),
        ("dashes", "“It’s Orbán’s,” said the  well-known envoy – 'no' —\n\nBut Zenda's king fell."),
    ],
)
def test_each_variation(name: str, text: str) -> None:
    assert varied(TEXT, VARIATIONS[name])[0] == text


@given(st.text(), st.sampled_from(sorted(VARIATIONS)))
def test_offsets_stay_in_order_and_within_the_text(text: str, name: str) -> None:
    new, moved = varied(text, VARIATIONS[name])
    offsets = [moved(offset) for offset in range(len(text) + 1)]
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(new)
