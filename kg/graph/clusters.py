"""Reports of one event: coded claims that agree in type, parties, date, place and numbers, taken together.

Two reports of the same parties are of one event when their dates can be the same day, when neither names a place that
is not in that of the other, and when their numbers are not worlds apart. A report that gives no date is of the days
before its publication, or of the time that its own article gives elsewhere; of two such, only what was published on one
day or is told of one place is the same. What differs is kept, not decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kg.graph.modes import days_of
from kg.model import Claim, Entity, Number

#: News of a day tells of what was done on it or in the days before.
FRESH = timedelta(days=2)
#: Counts of one event differ between first reports; those farther apart than this are of two.
FARTHEST_APART = 4.0


@dataclass(frozen=True, slots=True)
class Report:
    """One coded claim with its place and the first and last day on which its event can have been.

    ``dated`` tells whether the days are by its words, and not by publication.
    """

    claim: Claim
    place: str | None
    days: tuple[date, date] | None
    dated: bool


def report_of(claim: Claim, place: str | None, published: str | None) -> Report:
    """The report that a claim of an article published on an ISO 8601 date is."""
    told, out = days_of(claim.time), days_of(published)
    if told is not None:
        return Report(claim, place, told, True)
    return Report(claim, place, (out[0] - FRESH, out[1]) if out is not None else None, False)


def clusters(reports: Iterable[Report], entities: Mapping[str, Entity], *, named: bool) -> list[list[Report]]:
    """The reports of each event, of those whose type and parties are the same.

    :param named: whether both parties are named; where they are not, reports of two articles need a place in common.
    """
    found: list[list[Report]] = []
    for report in sorted(reports, key=_order):
        fitting = (group for group in found if all(_agree(report, other, entities, named) for other in group))
        group = next(fitting, None)
        if group is None:
            found.append([report])
        else:
            group.append(report)
    return found


def _order(report: Report) -> tuple[object, ...]:
    """The dated and placed first: what says less joins what says more."""
    first = report.days[0] if report.days else date.max
    return not report.dated, report.place is None, first, report.claim.article, report.claim.sentence, report.claim.id


def _agree(one: Report, other: Report, entities: Mapping[str, Entity], named: bool) -> bool:
    same_article = one.claim.article == other.claim.article
    if not named and not same_article and (one.place is None or one.place != other.place):
        return False
    dates = (same_article and not (one.dated and other.dated)) or _same_day(one, other)
    return dates and _same_place(one.place, other.place, entities) and _not_far_apart(one.claim, other.claim)


def _same_day(one: Report, other: Report) -> bool:
    """Whether two reports can be of one day; where neither gives a day, news of one day or of one place is."""
    if one.dated or other.dated or (one.place is not None and one.place == other.place):
        return _overlap(one.days, other.days)
    return one.days == other.days


def _overlap(one: tuple[date, date] | None, other: tuple[date, date] | None) -> bool:
    if one is None or other is None:
        return one is other
    return one[0] <= other[1] and other[0] <= one[1]


def _same_place(one: str | None, other: str | None, entities: Mapping[str, Entity]) -> bool:
    """Whether two places can be the same: one of them unknown, or one the country of the other."""
    if one is None or other is None or one == other:
        return True
    return any((entity := entities.get(a)) is not None and entity.country == b for a, b in ((one, other), (other, one)))


def _not_far_apart(one: Claim, other: Claim) -> bool:
    """Whether two claims can count the same people, as far as both count."""
    for number in one.numbers:
        for counted in other.numbers:
            if number.kind == counted.kind and _ratio(number, counted) > FARTHEST_APART:
                return False
    return True


def _ratio(one: Number, other: Number) -> float:
    values = [number.least if number.least is not None else number.most for number in (one, other)]
    low, high = sorted(value or 1.0 for value in values)
    return high / max(low, 1.0)


def merged_numbers(claims: Sequence[Claim]) -> tuple[Number, ...]:
    """The numbers of several reports, one of each kind: between the bounds of all, in the words of the first.

    Reports of 12 and of 15 killed give 12 to 15.
    """
    kinds: dict[tuple[str, str | None], list[Number]] = {}
    for claim in claims:
        for number in claim.numbers:
            unit = number.of if number.kind == "money" else None
            kinds.setdefault((number.kind, unit), []).append(number)
    return tuple(_merged(kinds[key]) for key in sorted(kinds, key=str))


def _merged(numbers: list[Number]) -> Number:
    first = numbers[0]
    low = [value for number in numbers if (value := number.least if number.least is not None else number.most)]
    high = [number.most for number in numbers if number.most is not None]
    open_above = all(number.most is None for number in numbers)
    open_below = all(number.least is None for number in numbers)
    return Number(
        kind=first.kind,
        text=first.text,
        span=first.span,
        least=None if open_below else min(low, default=first.least),
        most=None if open_above else max([*high, *(number.least or 0.0 for number in numbers)]),
        about=any(number.about for number in numbers),
        of=next((number.of for number in numbers if number.of), None),
    )
