from __future__ import annotations

import pytest

from kg.language.dates import is_time_expression, normalise

PUBLISHED = "2022-02-03"  # a Thursday

RELATIVE = {
    "Tuesday": "2022-02-01",
    "on Tuesday": "2022-02-01",
    "on Thursday": "2022-02-03",
    "earlier on Tuesday": "2022-02-01",
    "late Tuesday": "2022-02-01",
    "Tuesday morning": "2022-02-01",
    "at 5 p.m. on Tuesday": "2022-02-01",
    "Friday": "2022-01-28",
    "last Thursday": "2022-01-27",
    "next Tuesday": "2022-02-08",
    "next Thursday": "2022-02-10",
    "this Friday": "2022-02-04",
    "today": "2022-02-03",
    "yesterday": "2022-02-02",
    "the day before yesterday": "2022-02-01",
    "tomorrow": "2022-02-04",
    "last night": "2022-02-02",
    "this morning": "2022-02-03",
    "last week": "2022-01-24/2022-01-30",
    "this week": "2022-01-31/2022-02-06",
    "earlier this week": "2022-01-31/2022-02-06",
    "next week": "2022-02-07/2022-02-13",
    "this weekend": "2022-02-05/2022-02-06",
    "last weekend": "2022-01-29/2022-01-30",
    "over the weekend": "2022-01-29/2022-01-30",
    "earlier this month": "2022-02",
    "last month": "2022-01",
    "next month": "2022-03",
    "last year": "2021",
    "later this year": "2022",
    "by the end of this year": "../2022",
    "early January": "2022-01",
    "in February": "2022-02",
    "in November": "2021-11",
    "next March": "2022-03",
    "last February": "2021-02",
    "Feb. 1": "2022-02-01",
    "on 1 February": "2022-02-01",
    "December 24": "2021-12-24",
    "Tuesday, Feb. 1": "2022-02-01",
    "two days ago": "2022-02-01",
    "a week ago": "2022-01-24/2022-01-30",
    "three months ago": "2021-11",
    "eight years ago": "2014",
    "the past two weeks": "2022-01-20/2022-02-03",
    "over the past year": "2021-02-03/2022-02-03",
    "in the next three days": "2022-02-03/2022-02-06",
    "since Tuesday": "2022-02-01/..",
    "since last year": "2021/..",
    "last summer": "2021-06/2021-08",
    "by the end of the year": "../2022",
    "earlier in the week": "2022-01-31/2022-02-06",
    "last decade": "2010/2019",
    "from Monday to Wednesday": "2022-01-31/2022-02-02",
}

ABSOLUTE = {
    "February 24, 2022": "2022-02-24",
    "24 February 2022": "2022-02-24",
    "the 24th of February, 2022": "2022-02-24",
    "on Thursday, Feb. 24, 2022": "2022-02-24",
    "2022-02-24": "2022-02-24",
    "24.02.2022": "2022-02-24",
    "in February 2022": "2022-02",
    "in 2014": "2014",
    "in early 2014": "2014",
    "mid-2014": "2014",
    "since 2014": "2014/..",
    "until March 2023": "../2023-03",
    "by 2030": "../2030",
    "the 1990s": "1990/1999",
    "the late 1980s": "1980/1989",
    "between 2014 and 2016": "2014/2016",
    "from May 2015 to June 2016": "2015-05/2016-06",
    "2014-16": "2014/2016",
    "the 19th century": "1801/1900",
    "the twentieth century": "1901/2000",
    "spring 2014": "2014-03/2014-05",
    "the winter of 2014": "2014-12/2015-02",
    "the first quarter of 2022": "2022-01/2022-03",
    "the second half of 2022": "2022-07/2022-12",
}

WITHOUT_VALUE = (
    "for months",
    "the past few weeks",
    "recent weeks",
    "for two years",
    "February 30, 2022",
    "02/03/2022",  # the third of February or the second of March
    "at the time",
    "a few days ago",
    "at last",
    "the next day",
    "in a year",
    "",
)


@pytest.mark.parametrize(("expression", "value"), RELATIVE.items())
def test_relative_expressions_resolve_against_the_publication_date(expression: str, value: str) -> None:
    assert normalise(expression, published=PUBLISHED) == value


@pytest.mark.parametrize("expression", RELATIVE)
def test_relative_expressions_have_no_value_without_a_publication_date(expression: str) -> None:
    assert normalise(expression) is None


@pytest.mark.parametrize(("expression", "value"), ABSOLUTE.items())
def test_absolute_expressions_need_no_publication_date(expression: str, value: str) -> None:
    assert normalise(expression) == value
    assert normalise(expression, published=PUBLISHED) == value


@pytest.mark.parametrize("expression", WITHOUT_VALUE)
def test_vague_and_impossible_expressions_have_no_value(expression: str) -> None:
    assert normalise(expression, published=PUBLISHED) is None


def test_a_publication_time_counts_by_its_day() -> None:
    assert normalise("yesterday", published="2022-03-01T00:30:00+02:00") == "2022-02-28"


def test_february_29_takes_the_nearest_leap_year_day() -> None:
    assert normalise("Feb. 29", published="2023-12-01") == "2024-02-29"
    assert normalise("Feb. 29", published="2022-06-01") is None


@pytest.mark.parametrize(
    "phrase",
    [
        "Tuesday", "last week", "in March", "for months", "earlier on Tuesday", "since 2014", "in the 1990s",
        "two days ago", "a year after the invasion", "on the day of the vote", "at the time", "Feb. 1",
        "24 February 2022", "over the past few weeks", "at 5 p.m.", "in recent years", "this weekend", "in May",
        "at the end of the year", "until 1991", "the next three days", "within hours",
    ],
)  # fmt: skip
def test_time_expressions(phrase: str) -> None:
    assert is_time_expression(phrase.split())


@pytest.mark.parametrize(
    "phrase",
    [
        "Ukraine", "to Minsk", "in the war", "with the second president", "the march", "two soldiers", "in part",
        "for the people", "at the end", "the time", "the last president", "a", "by the president", "in 2 camps", "",
    ],
)  # fmt: skip
def test_other_phrases_are_no_time_expressions(phrase: str) -> None:
    assert not is_time_expression(phrase.split())
