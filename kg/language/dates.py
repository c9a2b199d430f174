"""Time expressions: whether words are one, and which date they mean as an ISO 8601 value.

The value is as precise as the words: "2014", "2022-02", "2022-02-01", or an interval of such values, open at one end
when it is ("2014/.."). What is relative is resolved against the publication date, never against the day of the run:

- A bare weekday or month is the latest one that has come, the day or month of publication included ("on Tuesday").
- "last Tuesday" lies before the publication day, "next Tuesday" after it, "this Tuesday" in its week.
- A day without a year ("Feb. 1") takes the year that puts it nearest to the publication date.
- Weeks run from Monday to Sunday: "last week" is the one before that of publication. A weekend is Saturday and Sunday;
  "the weekend" is the latest one that has begun.
- "two weeks ago" is a week, "two months ago" a month, "two years ago" a year: no day is made up.
- "the past two weeks" is the interval that ends on the publication date; "recent weeks" and other vague spans, and bare
  durations ("for months"), have no value.
- "early", "mid", "late" and "the end of" do not narrow a value. Seasons are those of the northern hemisphere.
- "since" and "after" open an interval to the right; "until", "by" and "before" to the left.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
SATURDAY = 5
CORE = frozenset({"month", "weekday", "season", "unit", "deictic", "part of day"})
YEAR_WORD = re.compile(r"(1[5-9]|20)\d\d|((1[0-9]|20)\d|['’]?\d)0s|\d{4}[-–/]\d{2,4}|mid-\d{4}|\d{4}-\d\d(-\d\d)?")
NUMBER_WORD = re.compile(r"\d{1,2}(st|nd|rd|th)?|\d{1,2}[:.]\d\d|\d+-(day|week|month|year)")
CLOCK = re.compile(
    r"\b(at )?(around |about )?"
    r"(\d{1,2}([:.]\d\d)?\s?(a\.?m\b\.?|p\.?m\b\.?)|\d{1,2}:\d\d|noon|midnight|\d{4} (?=gmt|utc))"
)
SET_ASIDE = re.compile(
    r"\b(on|in|at|during|over|throughout|the|of|around|about|early|earlier|late|later|mid|end|beginning|start|middle|"
    r"close|turn|morning|afternoon|evening|night|local time|gmt|utc|as|just|back|that|day)\b(?! before yesterday)"
)
REWORDED = (
    (re.compile(r"\blast (night|evening)\b"), "yesterday"),
    (re.compile(r"\bthis (very )?(day|morning|afternoon|evening|night)\b"), "today"),
    (
        re.compile(r"\b(earlier|later|end|beginning|start|middle|rest) (of |in )?the (?=(week|month|year|decade)$)"),
        "this ",
    ),
)
OPENING = re.compile(r"^(since|after|from|starting|beginning|effective)\b ?(?!now)")
CLOSING = re.compile(r"^(until|till|by|before|through|up to)\b ?")
RANGE = re.compile(r"^(?:from|between) (.+?) (?:to|and|until|till|through) (.+)$")


def normalise(expression: str, *, published: str | None = None, ahead: bool = False) -> str | None:
    """The ISO 8601 value of an English time expression, or None if it has none.

    :param published: the publication date, ISO 8601, as precise as a day; without it only absolute dates have a value.
    :param ahead: what the expression dates is still to come, so that a bare weekday or month is the next one.

    >>> normalise("on Tuesday", published="2022-02-03")
    '2022-02-01'
    >>> normalise("on Tuesday", published="2022-02-03", ahead=True)
    '2022-02-08'
    >>> normalise("last week", published="2022-02-03")
    '2022-01-24/2022-01-30'
    >>> normalise("since February 2014")
    '2014-02/..'
    >>> normalise("for months", published="2022-02-03") is None
    True
    """
    today = _day(published)
    text = " ".join(re.sub(r"[,“”\"()]", " ", expression.lower().replace("’", "'")).split()).rstrip(".")
    both = RANGE.match(text)
    if both:
        return _between(_value(both[1], today, ahead), _value(both[2], today, ahead))
    for pattern, form in ((OPENING, "{}/.."), (CLOSING, "../{}")):
        start = pattern.match(text)
        if start:
            value = _value(text[start.end() :], today, ahead)
            return form.format(value) if value and "/" not in value else value
    return _value(text, today, ahead)


def is_time_expression(words: list[str]) -> bool:
    """Whether the words of a noun phrase, with or without its preposition, tell when or how long.

    >>> phrases = ("earlier on Tuesday", "for months", "in Minsk", "a day after the vote")
    >>> [is_time_expression(phrase.split()) for phrase in phrases]
    [True, True, False, True]
    """
    classes = [word_classes(word) for word in words]
    start = 0
    while start < len(words) and "preposition" in classes[start]:
        start += 1
    core = False
    for i in range(start, len(words)):
        if core and "continuation" in classes[i] and i + 1 < len(words) and "unit" in classes[i - 1]:
            return True
        if not classes[i]:
            return False
        core = core or bool(CORE & classes[i]) or ("clock" in classes[i] and start > 0 and i > start)
    return core


@cache
def word_classes(word: str) -> frozenset[str]:
    """The classes of ``time_words.csv`` that a word belongs to; a number and a year are classed by their form.

    >>> sorted(word_classes("May")), sorted(word_classes("may"))
    (['month'], [])
    """
    found = {
        row["class"]
        for row in _rows()
        if row["word"] == word.lower().rstrip(".") or row["word"] == word.lower()
        if not row["capital"] or not word[0].islower()
    }
    if YEAR_WORD.fullmatch(word):
        found.add("unit")
    elif NUMBER_WORD.fullmatch(word):
        found.add("number")
    return frozenset(found)


@cache
def _rows() -> tuple[dict[str, str], ...]:
    with Path(__file__).with_name("time_words.csv").open(encoding="utf8", newline="") as lines:
        return tuple(csv.DictReader(lines))


@cache
def _numbers(kind: str) -> dict[str, int]:
    """The numeric values of the words of one class."""
    return {row["word"]: int(row["value"]) for row in _rows() if row["class"] == kind and row["value"]}


@cache
def _any(kind: str) -> str:
    """A pattern that matches the words of one class that have a value."""
    words = sorted((row["word"] for row in _rows() if row["class"] == kind and row["value"]), key=len, reverse=True)
    return "|".join(map(re.escape, words))


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None


def _between(first: str | None, last: str | None) -> str | None:
    if not first or not last:
        return None
    return f"{first.split('/')[0]}/{last.split('/')[-1]}"


def _value(text: str, today: date | None, ahead: bool) -> str | None:
    """The value of an expression without its opening or closing word."""
    text = CLOCK.sub(" ", text)
    for pattern, words in REWORDED:
        text = pattern.sub(words, text)
    text = re.sub(r"\bmid-", "", text)
    text = " ".join(SET_ASIDE.sub(" ", text).replace("'s", " ").split()).strip(" -")
    text = re.sub(rf"\b({_any('month')})\.", r"\1", text)
    if ahead and re.fullmatch(f"{_any('weekday')}|{_any('month')}", text):
        text = f"first {text}"
    for pattern, value_of in _absolute_rules():
        match = pattern.fullmatch(text)
        if match:
            return _valid(value_of, match)
    if today is not None:
        for pattern, relative_value_of in _relative_rules():
            match = pattern.fullmatch(text)
            if match:
                return _valid(lambda m, rule=relative_value_of: rule(m, today), match)
    return _written_otherwise(text)


def _valid(value_of: Callable[[re.Match[str]], str | None], match: re.Match[str]) -> str | None:
    """The value of a match; None for a day that no calendar has, such as February 30."""
    try:
        return value_of(match)
    except (ValueError, OverflowError):
        return None


def _written_otherwise(text: str) -> str | None:
    """A whole date in another notation ("24.02.2022"), by dateparser; None where day and month may be swapped."""
    numbers = re.fullmatch(r"(\d{1,4})[/.](\d{1,2})[/.](\d{1,4})", text)
    if not re.search(r"\d{4}", text) or not re.search(r"\d\D+\d", text):
        return None
    if numbers and len(numbers[1]) < 3 and int(numbers[1]) <= 12 and int(numbers[2]) <= 12 and numbers[1] != numbers[2]:
        return None
    import dateparser  # slow to import, seldom needed

    settings = {"STRICT_PARSING": True, "REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]}
    found = dateparser.parse(text, languages=["en"], settings=settings)  # pyright: ignore[reportArgumentType]
    return found.date().isoformat() if found else None


@cache
def _absolute_rules() -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str | None]], ...]:
    month, weekday = f"(?P<month>{_any('month')})", f"(?:(?:{_any('weekday')}) )?"
    day, year = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<year>[12]\d{3})"
    ordinal = rf"(?:(?P<digits>\d{{1,2}})(?:st|nd|rd|th)|(?P<word>{_any('ordinal')}))"
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
        (rf"(?P<season>{_any('season')}) {year}", lambda m: _season(m["season"], int(m["year"]))),
        (rf"(?:q(?P<digits>[1-4])|(?P<word>{_any('ordinal')}) quarter) {year}", _quarter),
        (rf"(?P<half>first|second) half {year}", _half),
    )
    return tuple((re.compile(pattern), value_of) for pattern, value_of in rules)


def _calendar(m: re.Match[str]) -> str:
    month = _month(m["month"])
    day = m.groupdict().get("day")
    return date(int(m["year"]), month, int(day)).isoformat() if day else _year_month(int(m["year"]), month)


def _month(word: str) -> int:
    return int(word) if word.isdigit() else _numbers("month")[word]


def _year_month(year: int, month: int) -> str:
    """The value of a month; months beyond the year's edges fall into the years beside it."""
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
    return int(m["digits"]) if m["digits"] else _numbers("ordinal")[m["word"]]


def _season(season: str, year: int) -> str:
    """Three months; a winter is named for the year in which it begins."""
    first = _numbers("season")[season]
    return f"{_year_month(year, first)}/{_year_month(year, first + 2)}"


def _quarter(m: re.Match[str]) -> str | None:
    number, year = _ordinal(m), int(m["year"])
    return f"{_year_month(year, 3 * number - 2)}/{_year_month(year, 3 * number)}" if number <= 4 else None


def _half(m: re.Match[str]) -> str:
    return f"{m['year']}-01/{m['year']}-06" if m["half"] == "first" else f"{m['year']}-07/{m['year']}-12"


@cache
def _relative_rules() -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], str | None]], ...]:
    which = r"(?:(?P<which>last|past|previous|this|current|next|coming|upcoming|following|first) )?"
    unit = r"(?P<unit>day|week|weekend|month|year|decade)s?"
    count = rf"(?P<count>\d{{1,3}}|{_any('number')})"
    month, day = f"(?P<month>{_any('month')})", r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    weekday = f"(?P<weekday>{_any('weekday')})"
    rules: tuple[tuple[str, Callable[[re.Match[str], date], str | None]], ...] = (
        (r"today|tonight", lambda m, today: today.isoformat()),
        (r"yesterday", lambda m, today: (today - DAY).isoformat()),
        (r"(?:the )?day before yesterday", lambda m, today: (today - 2 * DAY).isoformat()),
        (r"tomorrow", lambda m, today: (today + DAY).isoformat()),
        (rf"(?:(?:{_any('weekday')}) )?{month} {day}", _nearest_day),
        (rf"(?:(?:{_any('weekday')}) )?{day} {month}", _nearest_day),
        (rf"{which}{weekday}", _weekday),
        (rf"{which}{month}", _month_near),
        (rf"{which}(?P<season>{_any('season')})", _season_near),
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
    month, day = _month(m["month"]), int(m["day"])
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
    behind = (today.weekday() - _numbers("weekday")[m["weekday"]]) % 7
    direction = _direction(m)
    if direction == 1:
        return (today + timedelta(days=7 - behind)).isoformat()
    if direction == 2:
        return (today + timedelta(days=-behind % 7)).isoformat()
    if direction == 0:
        return (today + timedelta(days=_numbers("weekday")[m["weekday"]] - today.weekday())).isoformat()
    if direction == -1 and behind == 0:
        behind = 7
    return (today - timedelta(days=behind)).isoformat()


def _month_near(m: re.Match[str], today: date) -> str:
    month, direction = _month(m["month"]), _direction(m)
    if direction == 0:
        return _year_month(today.year, month)
    if direction == 1:
        return _year_month(today.year + (month <= today.month), month)
    if direction == 2:
        return _year_month(today.year + (month < today.month), month)
    past = month < today.month or (month == today.month and direction is None)
    return _year_month(today.year if past else today.year - 1, month)


def _season_near(m: re.Match[str], today: date) -> str:
    first = _numbers("season")[m["season"]]
    direction = _direction(m)
    if direction == 0 or direction is None:
        return _season(m["season"], today.year - (first == 12 and today.month < 3))
    if direction == 1:
        return _season(m["season"], today.year + (today.month >= first))
    ended = first + 2 < today.month
    return _season(m["season"], today.year - (2 if first == 12 and today.month < 3 else 0 if ended else 1))


def _count(m: re.Match[str]) -> int:
    word = m["count"]
    return int(word) if word.isdigit() else _numbers("number")[word] if word else 1


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
