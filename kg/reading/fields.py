"""The fields that describe an article, as a row, a front matter or a page gives them, checked and made plain."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import TypedDict

from kg.reading.dates import any_date, has_two_readings, is_missing
from kg.reading.inputs import LOGGER, DateOrder, UnreadableError
from kg.reading.recognition import language_code

DESCRIPTIVE_FIELDS = ("id", "title", "published", "publisher", "url", "language")
OTHER_NAMES = {"date": "published", "lang": "language"}
LONGEST_DATE = 80
HALF_CHARACTERS = re.compile("[\ud800-\udfff]")
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2})(?P<time>[T ].+)?)?)?")


class Description(TypedDict, total=False):
    """What is known of an article beside its text; a field that is not known is missing."""

    id: str
    title: str
    published: str
    publisher: str
    url: str
    language: str


def log_text(text: str) -> None:
    """Hand what is to be noted to the standard library's logging."""
    LOGGER.warning("an article %s", text)


def iso_date(value: str) -> str:
    """An ISO 8601 date, as precise as it was given; a time of day is dropped, the date as written there is kept.

    :raises UnreadableError: if ``value`` is none.

    >>> iso_date("2022-02-01T09:30:00Z"), iso_date("2022-02"), iso_date("2022")
    ('2022-02-01', '2022-02', '2022')
    """
    found = DATE.fullmatch(value.strip())
    if found is None or not _in_the_calendar(found):
        raise UnreadableError(f"the date {value!r} is no ISO 8601 date", "write it as in 2022-02-01")
    return "-".join(part for part in found.group("year", "month", "day") if part)


def _in_the_calendar(found: re.Match[str]) -> bool:
    year, month, day, time = found.group("year", "month", "day", "time")
    try:
        date(int(year), int(month or 1), int(day or 1))
        if time:
            datetime.fromisoformat(found.group().replace(" ", "T", 1))
    except ValueError:
        return False
    return True


def description(
    row: Mapping[str, object],
    *,
    published: str | None = None,
    date_order: DateOrder | None = None,
    say: Callable[[str], None] = log_text,
) -> Description:
    """The descriptive fields of ``row``; ``published`` dates it if the row has no date of its own.

    A date that cannot be read, or in two ways, costs no article: ``say`` gets what is to be noted of it.

    :raises UnreadableError: if a field is neither text nor number nor date.

    >>> description({"text": "...", "title": " Envoy leaves ", "id": 7, "url": ""}, published="2022-02-01")
    {'id': '7', 'title': 'Envoy leaves', 'published': '2022-02-01'}
    """
    known = {OTHER_NAMES.get(name, name): name for name in row}
    found = Description()
    for field in DESCRIPTIVE_FIELDS:
        given = row.get(known.get(field, field))
        if is_missing(given):
            continue
        value = _date(given, date_order, say) if field == "published" else plain_value(field, given)
        if value:
            found[field] = (language_code(value) or value) if field == "language" else value
    if published and "published" not in found:
        found["published"] = published
    return found


def _date(given: object, order: DateOrder | None, say: Callable[[str], None]) -> str | None:
    """A date in any of the usual ways; one that cannot be read is noted, and lost."""
    found = any_date(given, order=order or "dmy")
    if found is None:
        say(f"has no date that can be read: {str(given)[:LONGEST_DATE]!r} (the article is kept without it)")
    elif order is None and has_two_readings(given):
        say(f"has a date with two readings: {given!r} is read with the day first, by guess (--date-order settles it)")
    return found


def plain_value(field: str, value: object) -> str | None:
    """The value of a field as a string without space at either end; None if there is none.

    :raises UnreadableError: if the value is a list, a mapping, or anything else that is not text, number or date.
    """
    if value is None:
        return None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise UnreadableError(
            f"the field {field!r} must be a string, not {type(value).__name__}", "write its value as one string"
        )
    text = str(value).strip()
    if not text.isprintable():
        _require_letters(field, text)
    return text or None


def _require_letters(field: str, text: str) -> None:
    """See that a value can be written anywhere: no half characters, and in a short field no control characters.

    :raises UnreadableError: if it cannot.
    """
    half = HALF_CHARACTERS.search(text)
    if half:
        reason = f"the field {field!r} holds half a character (U+{ord(half[0]):04X}, a lone surrogate)"
        raise UnreadableError(reason, "write it again from its source")
    control = CONTROLS.search(text) if field in ("id", "url", "language", "published") else None
    if control:
        reason = f"the field {field!r} holds the control character U+{ord(control[0]):04X}"
        raise UnreadableError(reason, "write it without")
