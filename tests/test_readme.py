"""The README says what the program does: its reference, its commands, its query and its snippet are run."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import kg
from kg.cli import app
from kg.engines.outputs import formats
from kg.evaluation import TASKS
from kg.reference import commands, with_reference

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


def test_the_command_reference_is_as_the_program_is() -> None:
    assert with_reference(README) == README, "run `python -m kg.reference README.md`"


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


def test_the_snippets_run(folder: Path) -> None:
    for snippet in blocks("python"):
        done = subprocess.run([sys.executable, "-c", snippet], cwd=folder, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert done.stdout


def test_the_transcripts_run(folder: Path) -> None:
    (sparql,) = blocks("sparql")
    (folder / "threats-and-rejections.rq").write_text(sparql)
    (folder / "seeds").mkdir(exist_ok=True)
    for seed in (ROOT / "seeds").iterdir():
        (folder / "seeds" / seed.name).write_bytes(seed.read_bytes())
    lines = [line[2:] for block in blocks("console") for line in block.splitlines() if line.startswith("$ kg ")]
    assert len(lines) >= 3
    for line in lines:
        command = line.replace("kg", f"{shlex.quote(sys.executable)} -m kg", 1)
        done = subprocess.run(command, shell=True, cwd=folder, capture_output=True, text=True, env=os.environ.copy())
        assert done.returncode == 0, f"{line}: {done.stderr}"
