"""The auxiliary modes of PLOVER: whether a coded claim tells of what is long past, to come, not certain or denied.

They follow from the claim's polarity, modality and time, and are kept nowhere. Where the type says it already, no mode
repeats it: "will send" is AGREE, not a future AID, and "did not sign" is REJECT, not a negated SUPPORT.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, get_args

from kg.graph.dates import bounds
from kg.model import Claim, EventType, Modality

AuxiliaryMode = Literal["historical", "future", "hypothetical", "negated"]
AUXILIARY_MODES: tuple[AuxiliaryMode, ...] = get_args(AuxiliaryMode)

#: News tells of what is older than this many days as of history.
RECENT = timedelta(days=30)
PROMISES: frozenset[EventType] = frozenset({"AGREE", "THREATEN"})
REFUSALS: frozenset[EventType] = frozenset({"REJECT"})
# The time in a demand or a refusal is that of what is demanded or refused.
ABOUT_OTHER_TIMES: frozenset[EventType] = frozenset({"AGREE", "THREATEN", "REJECT", "REQUEST"})
UNCERTAIN: frozenset[Modality] = frozenset({"possible", "necessary", "conditional", "hypothetical", "question"})


def auxiliary_modes(claim: Claim, *, published: str | None = None) -> tuple[AuxiliaryMode, ...]:
    """The auxiliary modes of a claim with an event; none for a claim without one.

    :param published: the ISO 8601 date of its article, against which its time is past or to come.
    """
    if claim.event is None:
        return ()
    held = {
        "historical": _is_historical(claim, published),
        "future": _is_future(claim, claim.event.type, published),
        "hypothetical": claim.modality in UNCERTAIN,
        "negated": claim.polarity == "negative" and claim.event.type not in REFUSALS | {"AGREE"},
    }
    return tuple(mode for mode in AUXILIARY_MODES if held[mode])


def _is_historical(claim: Claim, published: str | None) -> bool:
    """Whether the whole of the claim's time lies more than :data:`RECENT` before the article."""
    time, today = days_of(claim.time), days_of(published)
    return time is not None and today is not None and time[1] < today[0] - RECENT


def _is_future(claim: Claim, type: EventType, published: str | None) -> bool:
    if claim.modality == "future":
        return type not in PROMISES and not (type in REFUSALS and claim.polarity == "negative")
    time, today = days_of(claim.time), days_of(published)
    return time is not None and today is not None and type not in ABOUT_OTHER_TIMES and time[0] > today[1]


@lru_cache(maxsize=1 << 12)
def days_of(value: str | None) -> tuple[date, date] | None:
    """The first and last day of a time of any precision; None where no calendar has it.

    >>> first, last = days_of("2024-02")
    >>> last.isoformat(), days_of("2022-02-30")
    ('2024-02-29', None)
    """
    found = bounds(value)
    if found is None:
        return None
    try:
        return _first_day(found[0]), _last_day(found[1])
    except ValueError:
        return None  # the text names a day that does not exist


def _first_day(value: str) -> date:
    return date.fromisoformat(f"{value}-01-01"[: len("2022-02-01")])


def _last_day(value: str) -> date:
    first = _first_day(value)
    if len(value) == len("2022"):
        return first.replace(month=12, day=31)
    if len(value) == len("2022-02"):
        return first.replace(day=monthrange(first.year, first.month)[1])
    return first
