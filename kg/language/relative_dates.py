"""Dates that count from the day of publication ("last Tuesday", "two weeks ago"): patterns, and the value of each."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from kg.language.absolute_dates import month_number, season_months, year_month
from kg.language.time_words import any_of, numbers

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
SATURDAY = 5


@cache
def relative_rules() -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], str | None]], ...]:
    """Patterns of whole expressions in small letters, in order, each with what makes its value of the day given.

    >>> today = date(2022, 2, 3)
    >>> [value_of(m, today) for pattern, value_of in relative_rules() if (m := pattern.fullmatch("two months ago"))]
    ['2021-12']
    """
    which = r"(?:(?P<which>last|past|previous|this|current|next|coming|upcoming|following|first) )?"
    unit = r"(?P<unit>day|week|weekend|month|year|decade)s?"
    count = rf"(?P<count>\d{{1,3}}|{any_of('number')})"
    month, day = f"(?P<month>{any_of('month')})", r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    weekday = f"(?P<weekday>{any_of('weekday')})"
    rules: tuple[tuple[str, Callable[[re.Match[str], date], str | None]], ...] = (
        (r"today|tonight", lambda m, today: today.isoformat()),
        (r"yesterday", lambda m, today: (today - DAY).isoformat()),
        (r"(?:the )?day before yesterday", lambda m, today: (today - 2 * DAY).isoformat()),
        (r"tomorrow", lambda m, today: (today + DAY).isoformat()),
        (rf"(?:(?:{any_of('weekday')}) )?{month} {day}", _nearest_day),
        (rf"(?:(?:{any_of('weekday')}) )?{day} {month}", _nearest_day),
        (rf"{which}{weekday}", _weekday),
        (rf"{which}{month}", _month_near),
        (rf"{which}(?P<season>{any_of('season')})", _season_near),
        (rf"(?:past|last) {count} {unit}", lambda m, today: _stretch(m, today, -1)),
        (rf"(?:next|coming) {count} {unit}", lambda m, today: _stretch(m, today, 1)),
        (rf"past (?P<count>){unit}", lambda m, today: _stretch(m, today, -1)),
        (rf"{count} {unit} ago", lambda m, today: _away(m["unit"], -_count(m), today)),
        (rf"{count} {unit} from now", lambda m, today: _away(m["unit"], _count(m), today)),
        (r"weekend", _weekend_begun),
        (rf"(?P<which>last|previous|this|current|next|coming) {unit}", _unit_near),
    )
    return tuple((re.compile(pattern), value_of) for pattern, value_of in rules)


def _nearest_day(m: re.Match[str], today: date) -> str | None:
    """The day in the year that puts it nearest to ``today``; the earlier one of two as near."""
    month, day = month_number(m["month"]), int(m["day"])
    days: list[date] = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            days.append(date(year, month, day))
        except ValueError:  # February 29 in a common year
            continue
    return min(days, key=lambda found: (abs(found - today), found)).isoformat() if days else None


def _direction(m: re.Match[str]) -> int | None:
    """-1 for "last", 0 for "this", 1 for "next", 2 for the first to come; None for a bare word."""
    word = m["which"]
    if word is None:
        return None
    if word == "first":
        return 2
    return -1 if word in ("last", "past", "previous") else 0 if word in ("this", "current") else 1


def _weekday(m: re.Match[str], today: date) -> str:
    behind = (today.weekday() - numbers("weekday")[m["weekday"]]) % 7
    direction = _direction(m)
    if direction == 1:
        return (today + timedelta(days=7 - behind)).isoformat()
    if direction == 2:
        return (today + timedelta(days=-behind % 7)).isoformat()
    if direction == 0:
        return (today + timedelta(days=numbers("weekday")[m["weekday"]] - today.weekday())).isoformat()
    if direction == -1 and behind == 0:
        behind = 7
    return (today - timedelta(days=behind)).isoformat()


def _month_near(m: re.Match[str], today: date) -> str:
    month, direction = month_number(m["month"]), _direction(m)
    if direction == 0:
        return year_month(today.year, month)
    if direction == 1:
        return year_month(today.year + (month <= today.month), month)
    if direction == 2:
        return year_month(today.year + (month < today.month), month)
    past = month < today.month or (month == today.month and direction is None)
    return year_month(today.year if past else today.year - 1, month)


def _season_near(m: re.Match[str], today: date) -> str:
    first = numbers("season")[m["season"]]
    direction = _direction(m)
    if direction == 0 or direction is None:
        return season_months(m["season"], today.year - (first == 12 and today.month < 3))
    if direction == 1:
        return season_months(m["season"], today.year + (today.month >= first))
    ended = first + 2 < today.month
    return season_months(m["season"], today.year - (2 if first == 12 and today.month < 3 else 0 if ended else 1))


def _count(m: re.Match[str]) -> int:
    word = m["count"]
    return int(word) if word.isdigit() else numbers("number")[word] if word else 1


def _stretch(m: re.Match[str], today: date, sign: int) -> str | None:
    """The interval of some days, weeks, months or years that ends or begins at ``today``."""
    edge = _moved(today, m["unit"], sign * _count(m))
    if edge is None:
        return None
    first, last = sorted((edge, today))
    return f"{first.isoformat()}/{last.isoformat()}"


def _moved(today: date, unit: str, count: int) -> date | None:
    """The day some units away; None for weekends, which have no fixed length."""
    if unit in ("day", "week"):
        return today + count * (DAY if unit == "day" else WEEK)
    months = {"month": 1, "year": 12, "decade": 120}.get(unit)
    if months is None:
        return None
    year, month = divmod(today.year * 12 + today.month - 1 + count * months, 12)
    last_day = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - DAY).day
    return date(year, month + 1, min(today.day, last_day))


def _away(unit: str, count: int, today: date) -> str | None:
    """The day, week, month, year or decade that lies ``count`` units from that of ``today``."""
    if unit in ("week", "weekend"):
        monday = today - timedelta(days=today.weekday()) + count * WEEK
        first = monday + SATURDAY * DAY if unit == "weekend" else monday
        return f"{first.isoformat()}/{(monday + 6 * DAY).isoformat()}"
    if unit == "decade":
        start = today.year // 10 * 10 + 10 * count
        return f"{start:04d}/{start + 9:04d}"
    moved = _moved(today, unit, count)
    return moved.isoformat()[: {"day": 10, "month": 7, "year": 4}[unit]] if moved else None


def _unit_near(m: re.Match[str], today: date) -> str | None:
    return _away(m["unit"], _direction(m) or 0, today)


def _weekend_begun(m: re.Match[str], today: date) -> str:
    saturday = today - timedelta(days=(today.weekday() - SATURDAY) % 7)
    return f"{saturday.isoformat()}/{(saturday + DAY).isoformat()}"
