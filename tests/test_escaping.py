"""Nothing that a stranger wrote is obeyed: by a spreadsheet, a terminal, or a reader of CSV."""

from __future__ import annotations

import csv
import io

import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.escaping import FORMULA_MARK, for_spreadsheet, for_terminal, write_csv

FORMULAS = [
    "=1+1", "+1+1", "-1+1", "@SUM(1)", "=cmd|' /C calc'!A0", "\t=1+1", "\r=1+1", "\n=1+1", '=HYPERLINK("http://a","b")',
    "=IMPORTXML(CONCAT(1),2)", "=WEBSERVICE(1)", "+cmd", "-cmd", "@cmd", "=DDE(1)", "＝1+1", "＋1", "－1", "＠x",
]  # fmt: skip


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_is_a_formula(text: str) -> None:
    assert for_spreadsheet(text) == FORMULA_MARK + text


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=2, max_size=2))
def test_rows_come_back_as_they_were(cells: list[str]) -> None:
    file = io.StringIO()
    write_csv(file, ["a", "b"], [cells, ["x", 1]])
    rows = list(csv.reader(io.StringIO(file.getvalue(), newline="")))
    wanted = [for_spreadsheet(cell) for cell in cells]
    assert rows == [["a", "b"], wanted, ["x", "1"]]


@pytest.mark.parametrize("text", ["a\rb", "a\r\nb", 'a"b', "a,b", " a ", ""])
def test_pandas_reads_as_many_rows(text: str) -> None:
    file = io.StringIO()
    write_csv(file, ["a", "b"], [[text, 1], ["x", 2]])
    found = pandas.read_csv(io.StringIO(file.getvalue(), newline=""), keep_default_na=False)
    assert found.to_numpy().tolist() == [[text, 1], ["x", 2]]


@given(st.text())
def test_a_terminal_is_told_nothing(text: str) -> None:
    shown = for_terminal(text)
    assert not any(ord(char) < 32 and char not in "\t\n" or 127 <= ord(char) < 160 for char in shown)
    assert for_terminal(shown) == shown
