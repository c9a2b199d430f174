"""The notebooks run from top to bottom in a fresh kernel, and each of their cells shows something."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
NAMES = ("quickstart", "event-data")


def read(name: str) -> Any:
    return nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)


@pytest.fixture(scope="module", params=NAMES)
def run(request: pytest.FixtureRequest) -> tuple[str, list[Any]]:
    """A notebook's name, and its cells of code after they ran."""
    notebook = read(request.param)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(NOTEBOOKS)}}).execute()
    return request.param, [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_every_cell_shows_something(run: tuple[str, list[Any]]) -> None:
    assert [cell.source for cell in run[1] if not cell.outputs] == []


def test_the_graph_is_shown_inline_and_plots_are_drawn(run: tuple[str, list[Any]]) -> None:
    data = [output.get("data", {}) for cell in run[1] for output in cell.outputs]
    assert sum("<iframe" in shown.get("text/html", "") for shown in data) == 1
    assert sum("image/png" in shown for shown in data) == {"quickstart": 1, "event-data": 2}[run[0]]


def test_what_is_found_is_told(run: tuple[str, list[Any]]) -> None:
    name, cells = run
    expected = {
        "quickstart": (
            "United States rejects Russian demands",
            "Who threatened whom",
            "Vladimir Putin: first warns NATO, later meets Viktor Orbán",
        ),
        "event-data": ("8 reports", "ASSAULT", "killed 12 soldiers"),
    }
    shown = "".join(str(output.get("text", "")) + str(output.get("data", "")) for c in cells for output in c.outputs)
    assert [text for text in expected[name] if text not in shown] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_is_kept_without_outputs(name: str) -> None:
    assert [cell for cell in read(name).cells if cell.get("outputs") or cell.get("execution_count")] == []
