"""Dates as people and programs write them, as ISO 8601; what has no year, or two readings, is never made up.

dateparser reads the written-out forms; the forms of machines, which are most, are read here, for they need no guess.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.reading.inputs import DateOrder

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

FIRST_YEAR, LAST_YEAR = 1800, 2100
ISO = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2})(?:[T ].*)?)?)?")
YEAR_FIRST = re.compile(r"(?P<year>\d{4})[/.](?P<month>\d{1,2})[/.](?P<day>\d{1,2})(?:[T ].*)?")
COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:T?\d{4,6}(?:\.\d+)?Z?)?")
EPOCH = re.compile(r"(?P<seconds>\d{9,10})(?:\.\d+)?|(?P<milliseconds>\d{12,13})")
TWO_READINGS = re.compile(r"(?P<first>\d{1,2})(?P<mark>[/.-])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4})(?:[, T].*)?")
YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
MONTH_NAME = re.compile(r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec", re.IGNORECASE)
MONTH_ONLY = re.compile(r"[A-Za-z]+\.?,? \d{4}")
MISSING = frozenset({"", "nan", "nat", "none", "null", "n/a", "na", "-", "<na>"})


def is_missing(value: object) -> bool:
    """Whether a cell is empty, or holds one of the words that tables have for nothing.

    >>> is_missing(float("nan")), is_missing(" NaN "), is_missing(0)
    (True, True, False)
    """
    return value is None or value != value or (isinstance(value, str) and value.strip().casefold() in MISSING)


def any_date(value: object, *, order: DateOrder = "dmy") -> str | None:
    """A date as ISO 8601, as precise as it was given, in the time zone it was written in; None if it cannot be read.

    :param order: what comes first in a date such as 05/03/2024.

    >>> any_date("Tue, 05 Mar 2024 09:12:33 GMT"), any_date("20240305T091500Z"), any_date(1709629953)
    ('2024-03-05', '2024-03-05', '2024-03-05')
    >>> any_date("05/03/2024"), any_date("05/03/2024", order="mdy"), any_date("March 2024"), any_date("yesterday")
    ('2024-03-05', '2024-05-03', '2024-03', None)
    """
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    written = re.sub(r"\.0$", "", str(value)) if isinstance(value, float) else str(value)
    return _any_date(" ".join(written.split()), order)


def order_in(values: Iterable[object]) -> DateOrder | None:
    """Which of day and month comes first in some dates, by those among them that can be read in one way only.

    >>> order_in(["05/03/2024", "17/03/2024"]), order_in(["05/17/2024"]), order_in(["05/03/2024"])
    ('dmy', 'mdy', None)
    """
    found: set[DateOrder] = set()
    for value in values:
        dated = TWO_READINGS.fullmatch(value.strip()) if isinstance(value, str) else None
        if dated and int(dated["first"]) > 12 >= int(dated["second"]):
            found.add("dmy")
        if dated and int(dated["second"]) > 12 >= int(dated["first"]):
            found.add("mdy")
    return found.pop() if len(found) == 1 else None


def has_two_readings(value: object) -> bool:
    """Whether a date says two things, as 05/03/2024 does and 05/17/2024 does not.

    >>> has_two_readings("05/03/2024"), has_two_readings("05/05/2024"), has_two_readings("17/03/2024")
    (True, False, False)
    """
    dated = TWO_READINGS.fullmatch(value.strip()) if isinstance(value, str) else None
    return bool(dated) and dated["first"] != dated["second"] and max(int(dated["first"]), int(dated["second"])) <= 12


@lru_cache(maxsize=4096)
def _any_date(written: str, order: DateOrder) -> str | None:
    for form in (ISO, YEAR_FIRST, COMPACT):
        found = form.fullmatch(written)
        if found and (day := _checked(*(found.groupdict().get(part) for part in ("year", "month", "day")))):
            return day
    if found := EPOCH.fullmatch(written):
        seconds = int(found["seconds"]) if found["seconds"] else int(found["milliseconds"]) / 1000
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    if found := TWO_READINGS.fullmatch(written):
        first, second = found["first"], found["second"]
        day, month = (first, second) if order == "dmy" else (second, first)
        # 05/17/2024 has one reading only, whatever the order of the others.
        return _checked(found["year"], month, day) or _checked(found["year"], day, month)
    return _in_words(written)


def _in_words(written: str) -> str | None:
    """A date with the name of a month and a year in it: what lacks either would be filled in from today."""
    if len(written) > 80 or not YEAR.search(written) or not MONTH_NAME.search(written):
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # dateparser's own use of what its libraries deprecate.
        found = _parser().get_date_data(written)
    if found.date_obj is None:
        return None
    return found.date_obj.date().isoformat()[: 7 if MONTH_ONLY.fullmatch(written) else 10]


@lru_cache(maxsize=1)
def _parser() -> DateDataParser:
    from dateparser.date import DateDataParser

    settings = {"REQUIRE_PARTS": ["month", "year"], "PARSERS": ["absolute-time"], "PREFER_DAY_OF_MONTH": "first"}
    return DateDataParser(languages=["en"], settings=settings)


def _checked(year: str | None, month: str | None, day: str | None) -> str | None:
    """The parts joined, if there is such a day; the year must be one that news can be of."""
    try:
        whole = date(int(year or 0), int(month or 1), int(day or 1)).isoformat()
    except ValueError:
        return None
    if not FIRST_YEAR <= int(year or 0) <= LAST_YEAR:
        return None
    return whole[: 10 if day else 7 if month else 4]
