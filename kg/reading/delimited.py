"""Tables of text whose cells are told apart by a mark: any of the usual marks, with a row that is broken left behind.

The csv module parses; what is here finds the mark, and goes on after a row that the module cannot read.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.reading.columns import known_names, plain_name
from kg.reading.encodings import lines_of
from kg.reading.inputs import Input, UnreadableError
from kg.reading.rows import Numbered

MARKS = (",", ";", "\t", "|")
QUOTE = '"'
LONGEST_ROW = 2000  # Lines; a quotation mark that nobody closed must not swallow the rest of a file.


def delimited_rows(source: Input) -> Iterator[Numbered]:
    """The rows of a table with a header, each with the number of its first line.

    :raises UnreadableError: if the file is binary.
    """
    lines = _Lines(lines_of(source))
    header = lines.first_filled()
    if header is None:
        return
    mark = mark_of(header)
    names = [name.strip() for name in next(csv.reader([header], delimiter=mark))]
    while (row := lines.row(mark, width=len(names))) is not None:
        number, values = row
        if isinstance(values, UnreadableError):
            yield number, values
        elif any(values[len(names) :]):
            reason = f"has {len(values)} cells, and the header {len(names)}"
            yield number, UnreadableError(reason, "put cells that hold the mark between cells into quotation marks")
        elif values:
            yield number, dict(zip(names, values, strict=False))


def mark_of(header: str) -> str:
    """The mark between the cells of a table: the one that gives most known names of columns, else most cells.

    >>> mark_of("title;text;date"), mark_of("id\\ttitle, if any\\ttext")
    (';', '\\t')
    """
    known = {name for names in known_names().values() for name in names}

    def worth(mark: str) -> tuple[int, int]:
        cells = next(csv.reader([header], delimiter=mark))
        return sum(plain_name(cell) in known for cell in cells), len(cells)

    return max(MARKS, key=worth)


@dataclass(slots=True)
class _Lines:
    """Lines that can be put back, so that reading goes on at the line after a broken one."""

    rest: Iterator[tuple[int, str | UnreadableError]]
    back: list[tuple[int, str | UnreadableError]] = field(default_factory=list[tuple[int, "str | UnreadableError"]])
    taken: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])

    def first_filled(self) -> str | None:
        """The header: the first line with words in it."""
        return next((line for _, line in self.rest if isinstance(line, str) and line.strip()), None)

    def row(self, mark: str, *, width: int) -> tuple[int, list[str] | UnreadableError] | None:
        """The next row with the number of its first line; None at the end."""
        self.taken = []
        first = self._next()
        if first is None:
            return None
        number, line = first
        if isinstance(line, UnreadableError):
            return number, line
        if not line.strip():
            return number, []
        self.taken = [(number, line)]
        try:
            return number, next(csv.reader(self._of_this_row(line), delimiter=mark, strict=True))
        except csv.Error as error:
            self.back += self.taken[:0:-1]
            return number, self._loosely(line, mark, width) or UnreadableError(
                f"is broken CSV ({error})", "close every quotation mark of the row"
            )

    def _next(self) -> tuple[int, str | UnreadableError] | None:
        return self.back.pop() if self.back else next(self.rest, None)

    def _of_this_row(self, line: str) -> Iterator[str]:
        yield line
        while len(self.taken) < LONGEST_ROW:
            following = self._next()
            if following is None:
                return
            if isinstance(following[1], UnreadableError):
                self.back.append(following)
                return
            self.taken.append((following[0], following[1]))
            yield following[1]

    @staticmethod
    def _loosely(line: str, mark: str, width: int) -> list[str] | None:
        """The cells of one line whose quotation marks are not doubled, if there are as many as in the header."""
        values = next(csv.reader([line], delimiter=mark), [])
        return values if len(values) == width and line.count(QUOTE) % 2 == 0 else None
