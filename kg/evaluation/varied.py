"""Gold texts varied as news varies them, with the annotation moved along (``kg eval --vary``)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable

from kg.corpora.variations import Variation

WORD = re.compile(r"\w+(?:['’-]\w+)*|--+|\S")


def varied(text: str, variation: Variation) -> tuple[str, Callable[[int], int]]:
    """A text with its words varied, and where a character offset of the old text lies in the new one.

    >>> from kg.corpora.variations import upper_case, vary_dashes
    >>> varied("Ankara said no.", upper_case)[0]
    'ANKARA SAID NO.'
    >>> text, moved = varied("It - a town - fell", lambda words: [word.replace("-", "--") for word in words])
    >>> text, text[moved(7) : moved(11)]
    ('It -- a town -- fell', 'town')
    """
    places = [match.span() for match in WORD.finditer(text)]
    words = variation([text[start:end] for start, end in places])
    pieces, starts, end, length = list[str](), list[int](), 0, 0
    for (start, stop), word in zip(places, words, strict=True):
        starts.append(length + start - end)
        length = starts[-1] + len(word)
        pieces += [text[end:start], word]
        end = stop
    firsts = [start for start, _ in places]

    def moved(offset: int) -> int:
        """Within a word as far as the new word goes, in the space behind it as far as before."""
        i = bisect_right(firsts, offset) - 1
        if i < 0:
            return offset
        start, stop = places[i]
        inside = min(offset - start, len(words[i])) if offset < stop else len(words[i]) + offset - stop
        return starts[i] + inside

    return "".join(pieces) + text[end:], moved
