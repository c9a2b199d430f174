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

import re
from collections.abc import Callable
from datetime import date

from kg.language.absolute_dates import absolute_rules
from kg.language.relative_dates import relative_rules
from kg.language.time_words import any_of, word_classes

CORE = frozenset({"month", "weekday", "season", "unit", "deictic", "part of day"})
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
    text = re.sub(rf"\b({any_of('month')})\.", r"\1", text)
    if ahead and re.fullmatch(f"{any_of('weekday')}|{any_of('month')}", text):
        text = f"first {text}"
    for pattern, value_of in absolute_rules():
        match = pattern.fullmatch(text)
        if match:
            return _valid(value_of, match)
    if today is not None:
        for pattern, relative_value_of in relative_rules():
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
