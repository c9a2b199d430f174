"""The table of currencies and units of measure, from the Unicode CLDR as the package Babel carries it.

    python -m kg.training measures kg/language/measure_words.csv

Names are taken in American and British English, singular and plural, symbols where they are no words themselves. Of a
currency's name the last word will do ("rubles"); currencies of the past, with their years in brackets, are left out.
"""

from __future__ import annotations

import csv
from pathlib import Path

LOCALES = ("en", "en_GB")
SOURCE = "Unicode CLDR"
AMOUNTS = frozenset({
    "acceleration", "area", "digital", "electric", "energy", "frequency", "length", "mass", "power", "pressure",
    "speed", "temperature", "volume",
})  # fmt: skip
SHORT_TIMES = frozenset({"duration-hour", "duration-minute", "duration-second"})
LONG_TIMES = frozenset(
    {f"duration-{unit}" for unit in ("day", "week", "month", "quarter", "year", "decade", "century")}
)
PERCENT = "concentr-percent"
OTHER_WORDS = frozenset({
    "ac", "all", "ang", "at", "atmosphere", "atmospheres", "au", "bam", "bar", "bars", "cal", "cd", "cop", "ct", "cup",
    "cups", "da", "dec", "dr", "drop", "drops", "gel", "gold", "grain", "grains", "in", "jigger", "kn", "light", "ly",
    "mc", "mop", "pc", "pen", "pinch", "pinches", "pm", "pn", "point", "points", "pt", "sos", "st", "stone", "stones",
    "tn", "top", "try", "units", "°",
})  # fmt: skip
SHORTEST = 2
EXTRA = {"m": "quantity", "percentage point": "percent", "percentage points": "percent"}


def measure_rows() -> list[tuple[str, str, str]]:
    """Rows of words, kind and source: "money" (names), "symbol", "code", "quantity", "percent", "time", "date"."""
    kinds = dict(EXTRA)
    for locale in LOCALES:
        for words, kind in [*_units(locale), *_currencies(locale)]:
            plain = words.lower() not in OTHER_WORDS and not any(letter.isdigit() for letter in words)
            if plain and (len(words) >= SHORTEST or not words.isalpha()):
                kinds.setdefault(words, kind)
    return sorted((words, kind, SOURCE) for words, kind in kinds.items())


def _units(locale: str) -> list[tuple[str, str]]:
    from babel import Locale  # for the recipe alone
    from babel.units import format_unit

    found: list[tuple[str, str]] = []
    for unit in sorted(Locale("en")._data["unit_patterns"]):  # pyright: ignore[reportPrivateUsage]  # no public list
        kind = _kind_of(unit)
        for length in ("long", "short") if kind else ():
            for number in (1, 2):
                words = format_unit(number, unit, length=length, locale=locale).removeprefix(str(number))  # pyright: ignore[reportArgumentType]
                if words.strip():
                    found.append((words.strip(), kind))
    return found


def _kind_of(unit: str) -> str:
    if unit in SHORT_TIMES or unit in LONG_TIMES:
        return "time" if unit in SHORT_TIMES else "date"
    return "percent" if unit == PERCENT else "quantity" if unit.split("-")[0] in AMOUNTS else ""


def _currencies(locale: str) -> list[tuple[str, str]]:
    from babel.core import Locale, get_global  # for the recipe alone
    from babel.numbers import get_currency_name, get_currency_symbol

    today = {
        code
        for tenders in get_global("territory_currencies").values()
        for code, _, end, legal in tenders
        if legal and not end
    }
    found: list[tuple[str, str]] = []
    for code in sorted(today & set(Locale("en").currencies)):
        symbol = get_currency_symbol(code, "en")
        found += [(code, "code"), *([(symbol, "symbol")] if symbol != code else [])]
        for count in (1, 2):
            name = get_currency_name(code, count, locale)
            last = name.split()[-1]
            found += [(words, "money") for words in {name, last} if last.isalpha() and last.islower()]
    return found


def write(table: Path) -> int:
    """Write the table and return how many rows it has."""
    rows = measure_rows()
    with table.open("w", encoding="utf8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("words", "kind", "source"))
        writer.writerows(rows)
    return len(rows)
