"""A row of any table as an article: which of its fields is which, its words made plain, what is odd in it noted."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import Self

from kg.errors import RecordError
from kg.model import Article
from kg.reading.columns import WORDS_IN, Columns, Row, columns_of, flat, said_of
from kg.reading.dates import is_missing, order_in
from kg.reading.fields import description, log_text, plain_value
from kg.reading.inputs import DateOrder, Input, Rejected, UnreadableError
from kg.reading.markup import has_markup, words_of_markup
from kg.reading.plain import article_from_text

ROWS_LOOKED_AT = 200
NOTES_SHOWN = 3
CUT_OFF = re.compile(r"(?P<dots>\s*(?:…|\.\.\.))?\s*\[\+?\d[\d,]* chars\]\s*$")
LAST_SENTENCE_END = re.compile(r".*[.!?][\"'”’)]*(?=\s|$)", re.DOTALL)

Numbered = tuple[int, Row | UnreadableError]


@dataclass(slots=True)
class _Notes:
    """Notes of rows, the first few of each kind shown and the others counted, so that a bad column is no flood."""

    source: Input
    seen: dict[str, int] = field(default_factory=dict[str, int])

    def say(self, text: str, line: int) -> None:
        kind = text.partition(":")[0]
        self.seen[kind] = self.seen.get(kind, 0) + 1
        if self.seen[kind] <= NOTES_SHOWN:
            self.source.say(text, line=line)

    def finish(self, headlines: int) -> None:
        for kind, count in self.seen.items():
            if count > NOTES_SHOWN:
                self.source.say(f"{kind}: {count - NOTES_SHOWN} more rows like this")
        if headlines:
            rows = "1 row has" if headlines == 1 else f"{headlines} rows have"
            self.source.say(f"{rows} a title and no text: read as headlines")


def articles_of_rows(rows: Iterator[Numbered], source: Input, *, header: bool = False) -> Iterator[Article | Rejected]:
    """The articles of numbered rows; a bad row is rejected by its number, and the others go on.

    :param header: all rows have the columns of the first one; else each may have others.
    :raises UnreadableError: if there is no row, or rows with one header have no column of words.
    """
    first = list(islice(rows, ROWS_LOOKED_AT))
    if not first:
        raise UnreadableError("holds no articles", "put a row into it or leave it out")
    sample: list[Row] = [flat(row) for _, row in first if not isinstance(row, UnreadableError)]
    shapes = _Shapes.of(source, sample)
    if header and sample:
        shapes.columns(sample[0])
    headlines = 0
    for number, row in chain(first, rows):
        item = shapes.read(row, number)
        headlines += isinstance(item, Article) and item.text == item.title
        yield item
    shapes.notes.finish(headlines)


def article_of_row(row: Row, *, published: str | None = None) -> Article:
    """The article of one row, its columns told by their names.

    :raises UnreadableError: if the row has neither text nor title, or a field has a bad value.

    >>> article_of_row({"content": "The envoy left.", "title": "Envoy leaves", "publishedAt": "2022-02-01"}).title
    'Envoy leaves'
    """
    opened = flat(row)
    return _article(values_of(opened, columns_of(opened)), published=published)


@dataclass(slots=True)
class _Shapes:
    """What is known of the rows of one input: their columns, the order of day and month, and what is noted of them."""

    source: Input
    notes: _Notes
    date_order: DateOrder | None
    _columns: dict[tuple[str, ...], Columns] = field(default_factory=dict[tuple[str, ...], Columns])

    @classmethod
    def of(cls, source: Input, sample: list[Row]) -> Self:
        """Dates such as 05/03/2024 are read as the user says, else as those of the first rows that show their order."""
        dated = {column for row in sample for column in _columns_or_none(source, row).get("published", ())}
        order = source.date_order or order_in(row.get(column) for row in sample for column in sorted(dated))
        return cls(source, _Notes(source), order)

    def columns(self, row: Row) -> Columns:
        names = tuple(row)
        if names not in self._columns:
            found = columns_of(names, given=self.source.columns)
            told = said_of(found) if not self._columns and not self.source.columns else None
            if told:
                self.source.say(told)
            self._columns[names] = found
        return self._columns[names]

    def read(self, row: Row | UnreadableError, number: int) -> Article | Rejected:
        """The article of a row with the row as its origin; one row ends no file, whatever is wrong with it."""
        where = f"{self.source.name}:{number}"
        try:
            return Rejected.of(row, where) if isinstance(row, UnreadableError) else self._article(row, number, where)
        except Exception as error:
            return Rejected.of(error, where)

    def _article(self, row: Row, number: int, where: str) -> Article:
        opened = flat(row)
        values = values_of(opened, self.columns(opened))
        article = _article(
            values,
            published=self.source.published,
            date_order=self.date_order,
            say=lambda text: self.notes.say(text, number),
        )
        return replace(article, origin=where)


def _columns_or_none(source: Input, row: Row) -> Columns:
    try:
        return columns_of(row, given=source.columns)
    except UnreadableError:
        return {}


def values_of(row: Row, columns: Columns) -> dict[str, object]:
    """The value of each field: that of the first of its columns that is not empty."""
    found: dict[str, object] = {}
    for name, candidates in columns.items():
        value = next((row[c] for c in candidates if c in row and not is_missing(row[c])), None)
        if value is not None:
            found[name] = value
    return found


def _article(
    values: dict[str, object],
    *,
    published: str | None = None,
    date_order: DateOrder | None = None,
    say: Callable[[str], None] = log_text,
) -> Article:
    """The article of the values of a row.

    :raises UnreadableError: if there is no text and no title, or a field has a bad value.
    """
    words = {name: _plain_words(name, values.get(name)) for name in WORDS_IN}
    known = description({**values, "title": None}, published=published, date_order=date_order, say=say)
    title = _without_publisher(words["title"], known.get("publisher"))
    text = _text(words) or title
    if not text:
        raise UnreadableError("the row has no text", "fill its field 'text', or at least 'title'")
    if title:
        known["title"] = title
    try:
        return article_from_text(text, **known)
    except RecordError as error:
        raise UnreadableError(str(error), "mend the row") from None


def _plain_words(name: str, value: object) -> str:
    """The words of a cell; markup, where a service delivers it, is taken out."""
    written = plain_value(name, value) or ""
    if has_markup(written):
        return words_of_markup(written)
    return html.unescape(written) if "&" in written else written


def _text(words: Mapping[str, str]) -> str:
    """The fullest text that a row has: its text after its lead, where the two are apart, else its summary.

    Services on trial cut a text off and say how much is missing ("[+2143 chars]"): that tail goes, and a sentence that
    it cuts through as well, for half a sentence may say what the whole one denies.
    """
    text, lead = _without_tail(words["text"]), words["lead"]
    if lead and not text.startswith(lead[: len(lead) // 2]):
        text = f"{lead}\n\n{text}".strip()
    return text or words["summary"]


def _without_tail(text: str) -> str:
    tail = CUT_OFF.search(text)
    if tail is None:
        return text
    kept = text[: tail.start()].rstrip()
    whole = LAST_SENTENCE_END.match(kept)
    return whole.group() if whole else ""


def _without_publisher(title: str, publisher: str | None) -> str:
    """A title without the name of its publisher at the end, as news services put it: "Talks resume - Reuters"."""
    for mark in (" - ", " | ", " — ", " – "):
        before, found, after = title.rpartition(mark)
        if found and publisher and after.strip().casefold() == publisher.casefold():
            return before.strip()
    return title
