"""Variations of a text as news varies: quotation marks, dashes, headline case, capitals, lost accents.

Each takes the words of a text and gives as many back, so that what is annotated on them stays as it is.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Callable

Variation = Callable[[list[str]], list[str]]

CURLY = {'"': "“”", "'": "‘’", "``": "“”", "''": "””"}
DASHES = ("–", "—", "--")


def curl_quotes(words: list[str]) -> list[str]:
    """Turn straight quotation marks and apostrophes into curly ones, opening and closing by turns."""
    opened: dict[str, bool] = {}
    curled: list[str] = []
    for word in words:
        if word in CURLY:
            curled.append(CURLY[word][opened.get(word, False)])
            opened[word] = not opened.get(word, False)
        else:
            curled.append(word.replace("'", "’"))
    return curled


def straighten_quotes(words: list[str]) -> list[str]:
    """Turn curly quotation marks and apostrophes into straight ones."""
    table = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
    return [word.translate(table) for word in words]


def headline_case(words: list[str]) -> list[str]:
    """Begin every word longer than three letters with a capital, as American headlines do."""
    return [word[:1].upper() + word[1:] if len(word) > 3 else word for word in words]


def upper_case(words: list[str]) -> list[str]:
    """Write everything in capitals, as datelines and tickers do."""
    return [word.upper() if len(word.upper()) == len(word) else word for word in words]


def lower_case(words: list[str]) -> list[str]:
    """Write everything in small letters."""
    return [word.lower() if len(word.lower()) == len(word) else word for word in words]


def drop_accents(words: list[str]) -> list[str]:
    """Leave out the accents of Latin letters: "Orbán" becomes "Orban"."""
    return ["".join(c for c in unicodedata.normalize("NFD", w) if not unicodedata.combining(c)) or w for w in words]


def vary_dashes(words: list[str]) -> list[str]:
    """Write free-standing dashes in their forms by turns."""
    forms = itertools.cycle(DASHES)
    return [next(forms) if word in (*DASHES, "-") else word for word in words]


#: The variations by the names under which ``kg eval --vary`` knows them.
VARIATIONS: dict[str, Variation] = {
    "curly-quotes": curl_quotes,
    "straight-quotes": straighten_quotes,
    "headline-case": headline_case,
    "upper-case": upper_case,
    "lower-case": lower_case,
    "no-accents": drop_accents,
    "dashes": vary_dashes,
}
