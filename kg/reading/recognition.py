"""The language of an article: what its source declares in any of the usual ways, and what its words show.

py3langid recognises; short texts, headlines above all, leave it unsure, and then the declaration counts, or English.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier


ENGLISH = "en"
SURE, LEAST_LETTERS, LOOKED_AT = 0.6, 24, 4000
ENGLISH_WORDS = frozenset(
    "the of and to in on is was were has have with by for from said that which are be not".split()
)
SHARE_OF_ENGLISH = 0.12
WORD = re.compile(r"[^\W\d_]+")
NO_LANGUAGE = frozenset({"zxx", "la"})


@cache
def _codes() -> dict[str, str]:
    """The two-letter code for each code and name of a language, folded."""
    with Path(__file__).with_name("languages.csv").open(encoding="utf8", newline="") as table:
        rows = list(csv.DictReader(table))
    spelt = ("code", "alpha3", "bibliographic", "name")
    return {row[column].casefold(): row["code"] for column in spelt for row in rows if row[column]}


@cache
def _names() -> dict[str, str]:
    with Path(__file__).with_name("languages.csv").open(encoding="utf8", newline="") as table:
        return {row["code"]: row["name"] for row in csv.DictReader(table)}


def language_code(declared: str) -> str | None:
    """The code of a language that a table or page declares; None if it is none that is known.

    >>> language_code("English"), language_code("eng"), language_code("pt-BR"), language_code("Elvish")
    ('en', 'en', 'pt', None)
    """
    name = declared.strip().casefold().replace("_", "-")
    return _codes().get(name) or _codes().get(name.partition("-")[0])


def language_name(code: str) -> str:
    """The English name of a language, or its code where none is known.

    >>> language_name("fr")
    'French'
    """
    return _names().get(code, code)


def recognised(text: str) -> str | None:
    """The code of the language of a text; None where its words are too few to tell.

    >>> recognised("Le président a rejeté lundi à Paris la proposition de l'Alliance atlantique.")
    'fr'
    >>> recognised("Peru expels Venezuelan diplomats") is None
    True
    """
    words = WORD.findall(text[:LOOKED_AT].casefold())
    if not words or sum(map(len, words)) < LEAST_LETTERS:
        return None
    english = sum(word in ENGLISH_WORDS for word in words) / len(words)
    code, sure = _identifier().classify(" ".join(words))
    if code == ENGLISH or english >= SHARE_OF_ENGLISH:
        return ENGLISH if english >= SHARE_OF_ENGLISH / 2 or float(sure) >= SURE else None
    known = language_code(str(code))
    return known if float(sure) >= SURE and known not in NO_LANGUAGE else None


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
