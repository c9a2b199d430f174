"""The README's set-up lines, and that every command has help; what else it and docs/ say is run by test_docs."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

import kg
from kg.cli import app
from kg.engines.outputs import formats
from kg.evaluation import TASKS
from kg.reference import commands

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, flags=re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds output/, built as the README says."""
    folder = tmp_path_factory.mktemp("readme")
    report = kg.build([ROOT / "seeds"], published="2022-02-01", out=folder / "output")
    assert report.ok
    return folder


@pytest.mark.parametrize("name", commands())
def test_every_command_has_help_for_each_word_and_an_example(name: str) -> None:
    command = commands()[name]
    assert command.help and (command.epilog or "").startswith(f"Example: kg {name}")
    assert [p.name for p in command.params if not p.help] == []
    result = CliRunner().invoke(app, [*name.split(), "--help"])
    assert result.exit_code == 0


@pytest.mark.parametrize("name", commands())
def test_the_example_of_every_command_is_well_formed(name: str) -> None:
    words = shlex.split(commands()[name].epilog.removeprefix("Example: kg "))
    context = commands()[name].make_context(name, words[len(name.split()) :])
    assert context.params


def test_help_names_every_format_and_task() -> None:
    assert set(formats()) <= set(re.findall(r"[\w-]+", commands()["export"].help))
    assert set(TASKS) <= set(re.findall(r"\w+", commands()["eval"].help))


def test_two_lines_set_everything_up() -> None:
    lines = [line for line in README.splitlines() if line.startswith("python -m pip install ")]
    assert len(lines) == 2
    assert lines[0].endswith("&& kg build seeds/ --published 2022-02-01")
    assert lines[1].endswith("&& python -m pytest")


def test_the_query_finds_the_two_claims_of_the_sample(folder: Path) -> None:
    (sparql,) = blocks("sparql")
    rows = kg.open_graph(folder / "output").query(sparql).dicts()
    found = {(row["subject"], row["relation"], row["object"]) for row in rows}
    assert ("Vladimir Putin", "warns", "NATO") in found
    assert ("United States", "rejects", "Russian demands") in found
