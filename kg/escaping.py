"""Text from strangers on its way to a program that obeys text: a terminal, a spreadsheet, a table of commas."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

# What a terminal obeys or turns text around with: control characters but tab and newline, and marks of direction.
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
FORMULA = re.compile(r"[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
NUMBER = re.compile(r"-\d+(\.\d+)?([eE][+-]?\d+)?")
FORMULA_MARK = "'"
SPECIAL = re.compile(r"""[",;\t\r\n]|^\s|\s$""")
QUOTE = '"'


def for_terminal(text: str) -> str:
    r"""A text in which what a terminal would obey is spelt out.

    >>> for_terminal("a\x1b[2Jb")
    'a\\x1b[2Jb'
    """
    return OBEYED.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def for_spreadsheet(text: str) -> str:
    """A text that a spreadsheet takes for text: an apostrophe before what it would take for a formula.

    A number below zero is no formula, and stays as programs read it.

    >>> for_spreadsheet("=1+1"), for_spreadsheet("1+1"), for_spreadsheet("-4.4"), for_spreadsheet("-4+4")
    ("'=1+1", '1+1', '-4.4', "'-4+4")
    """
    return FORMULA_MARK + text if FORMULA.match(text) and not NUMBER.fullmatch(text) else text


def write_csv(to: TextIO, header: Sequence[str], rows: Iterable[Iterable[Any]]) -> None:
    """Rows as CSV in which no line end breaks a row, a lone carriage return included, and no text is a formula.

    The csv module quotes what its own line end holds and no other, so that a carriage return would go unquoted.

    >>> import sys
    >>> write_csv(sys.stdout, ["n", "text"], [[-1, "=1+1"], [2, "so, called"]])
    n,text
    -1,'=1+1
    2,"so, called"
    """
    to.write(",".join(map(_cell, header)) + "\n")
    to.writelines(",".join(map(_cell, row)) + "\n" for row in rows)


def _cell(value: Any) -> str:
    if not isinstance(value, str):
        return "" if value is None else str(value)
    text = for_spreadsheet(value)
    return f'"{text.replace(QUOTE, QUOTE * 2)}"' if SPECIAL.search(text) else text
