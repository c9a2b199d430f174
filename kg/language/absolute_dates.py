"""Dates that need no other date to be understood ("Feb. 24, 2022", "the 1990s"): patterns, and the value of each."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache

from kg.language.time_words import any_of, numbers


@cache
def absolute_rules() -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str | None]], ...]:
    """Patterns of whole expressions in small letters, in order, each with what makes its ISO 8601 value.

    >>> [value_of(m) for pattern, value_of in absolute_rules() if (m := pattern.fullmatch("february 24 2022"))]
    ['2022-02-24']
    """
    month, weekday = f"(?P<month>{any_of('month')})", f"(?:(?:{any_of('weekday')}) )?"
    day, year = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<year>[12]\d{3})"
    ordinal = rf"(?:(?P<digits>\d{{1,2}})(?:st|nd|rd|th)|(?P<word>{any_of('ordinal')}))"
    rules: tuple[tuple[str, Callable[[re.Match[str]], str | None]], ...] = (
        (rf"{year}-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>\d\d))?(?:t.*)?", _calendar),
        (rf"{weekday}{month} {day} {year}", _calendar),
        (rf"{weekday}{day} {month} {year}", _calendar),
        (rf"{month} {year}", _calendar),
        (year, lambda m: m["year"]),
        (rf"{year} ?[-–/] ?(?P<last>\d{{2}}|\d{{4}})", _years),
        (r"(?P<decade>[12]\d\d)0s", lambda m: f"{m['decade']}0/{m['decade']}9"),
        (r"'?(?P<decade>\d)0s", _short_decade),
        (rf"{ordinal} century", _century),
        (rf"(?P<season>{any_of('season')}) {year}", lambda m: season_months(m["season"], int(m["year"]))),
        (rf"(?:q(?P<digits>[1-4])|(?P<word>{any_of('ordinal')}) quarter) {year}", _quarter),
        (rf"(?P<half>first|second) half {year}", _half),
    )
    return tuple((re.compile(pattern), value_of) for pattern, value_of in rules)


def _calendar(m: re.Match[str]) -> str:
    month = month_number(m["month"])
    day = m.groupdict().get("day")
    return date(int(m["year"]), month, int(day)).isoformat() if day else year_month(int(m["year"]), month)


def month_number(word: str) -> int:
    """The number of a month in figures or letters.

    >>> month_number("feb"), month_number("02")
    (2, 2)
    """
    return int(word) if word.isdigit() else numbers("month")[word]


def year_month(year: int, month: int) -> str:
    """The value of a month; months beyond the year's edges fall into the years beside it.

    >>> year_month(2021, 14)
    '2022-02'
    """
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, 1).isoformat()[:7]


def _years(m: re.Match[str]) -> str:
    return f"{m['year']}/{m['year'][: 4 - len(m['last'])]}{m['last']}"


def _short_decade(m: re.Match[str]) -> str:
    century = "20" if int(m["decade"]) < 3 else "19"
    return f"{century}{m['decade']}0/{century}{m['decade']}9"


def _century(m: re.Match[str]) -> str:
    last = 100 * _ordinal(m)
    return f"{last - 99:04d}/{last:04d}"


def _ordinal(m: re.Match[str]) -> int:
    return int(m["digits"]) if m["digits"] else numbers("ordinal")[m["word"]]


def season_months(season: str, year: int) -> str:
    """The three months of a season; a winter is named for the year in which it begins.

    >>> season_months("winter", 2021)
    '2021-12/2022-02'
    """
    first = numbers("season")[season]
    return f"{year_month(year, first)}/{year_month(year, first + 2)}"


def _quarter(m: re.Match[str]) -> str | None:
    number, year = _ordinal(m), int(m["year"])
    return f"{year_month(year, 3 * number - 2)}/{year_month(year, 3 * number)}" if number <= 4 else None


def _half(m: re.Match[str]) -> str:
    return f"{m['year']}-01/{m['year']}-06" if m["half"] == "first" else f"{m['year']}-07/{m['year']}-12"
