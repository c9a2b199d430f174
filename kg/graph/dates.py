"""Dates of any precision, compared as text: ISO 8601 orders "2022" before "2022-02" before "2022-02-01"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from functools import lru_cache

from kg.model import Article, Claim

_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


# The same few dates come again and again in a graph.
@lru_cache(maxsize=1 << 12)
def bounds(value: str | None) -> tuple[str, str] | None:
    """The first and last date of a time; None when it starts with no date. The hour is left out.

    >>> bounds("2022-01-24/2022-01-30")
    ('2022-01-24', '2022-01-30')
    >>> bounds("2022-02-01T09:30:00+02:00")
    ('2022-02-01', '2022-02-01')
    """
    found = [match.group() for part in (value or "").split("/") if (match := _DATE.match(part))]
    return (found[0], found[-1]) if found else None


def first_day(date: str) -> str:
    """The first day of a date of any precision.

    >>> first_day("2022-02"), first_day("2022")
    ('2022-02-01', '2022-01-01')
    """
    return f"{date}-01-01"[:10] if len(date) == 4 else f"{date}-01"[:10]


def last_day(date: str) -> str:
    """The last day of a date of any precision.

    >>> last_day("2024-02"), last_day("2022")
    ('2024-02-29', '2022-12-31')
    """
    if len(date) == 4:
        return f"{date}-12-31"
    year, month = int(date[:4]), int(date[5:7])
    return date if len(date) > 7 else f"{date}-{monthrange(year, month)[1]:02}"


def dates_of(claim: Claim, articles: Mapping[str, Article]) -> tuple[str, str] | None:
    """When a claim is: the time that its words give, else the day on which its article was published."""
    article = articles.get(claim.article)
    return bounds(claim.time) or bounds(article.published if article else None)


def extent(claims: Iterable[Claim], articles: Mapping[str, Article]) -> tuple[str | None, str | None]:
    """The earliest and the latest date of some claims; (None, None) when none is dated."""
    found = [dates for claim in claims if (dates := dates_of(claim, articles))]
    return (min(first for first, _ in found), max(last for _, last in found)) if found else (None, None)
