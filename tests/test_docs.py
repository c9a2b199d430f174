"""The documents say what the program does: generated pages, commands, snippets and links hold."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg.reference import pages
from kg.views.events import COLUMNS

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]
WALKED = [ROOT / "README.md", *sorted((DOCS / "tutorial").glob("*.md"))]
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text("utf8"), flags=re.MULTILINE | re.DOTALL)


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a reader has it: the sample article in seeds/, and output/ built from it."""
    folder = tmp_path_factory.mktemp("reader")
    (folder / "seeds").mkdir()
    for seed in (ROOT / "seeds").iterdir():
        (folder / "seeds" / seed.name).write_bytes(seed.read_bytes())
    assert kg.build([folder / "seeds"], published="2022-02-01", out=folder / "output").ok
    return folder


def run(command: list[str] | str, folder: Path) -> subprocess.CompletedProcess[str]:
    shell = isinstance(command, str)
    environment = os.environ | {"COLUMNS": "120"}
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment, shell=shell)


@pytest.mark.parametrize("name", pages())
def test_generated_pages_are_as_the_program_is(name: str) -> None:
    assert (DOCS / "reference" / name).read_text("utf8") == pages()[name], "run `python -m kg.reference docs/reference`"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_to_files(page: Path) -> None:
    missing = [link for link in LINK.findall(page.read_text("utf8")) if not (page.parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize("page", WALKED, ids=name_of)
def test_the_commands_of_a_page_run(page: Path, folder: Path) -> None:
    for sparql in blocks(page, "sparql"):
        (folder / "threats-and-rejections.rq").write_text(sparql)
    lines = [line[2:] for block in blocks(page, "console") for line in block.splitlines() if line.startswith("$ kg ")]
    assert 3 <= len(lines) <= 5
    for line in lines:
        done = run(line.replace("kg", f"{shlex.quote(sys.executable)} -m kg", 1), folder)
        assert done.returncode == 0, f"{line}: {done.stderr}"


# Those of docs/paths.md are run, on files of their own, by test_paths_of_newcomers.
SNIPPETS = [page for page in PAGES if blocks(page, "python") and page.name != "paths.md"]


@pytest.mark.parametrize("page", SNIPPETS, ids=name_of)
def test_the_snippets_of_a_page_run(page: Path, folder: Path) -> None:
    for snippet in blocks(page, "python"):
        if "to_pandas" in snippet:
            pytest.importorskip("pandas", reason="the extra tables")
        done = run([sys.executable, "-c", snippet], folder)
        assert done.returncode == 0, done.stderr
        assert done.stdout


def test_the_event_table_is_documented() -> None:
    columns = re.findall(r"`(\w+)`", (DOCS / "reference" / "events.md").read_text("utf8"))
    assert [column for column in COLUMNS.split() if column not in columns] == []


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text("utf8").splitlines()) <= 200


def test_every_page_is_in_the_navigation() -> None:
    navigation = (ROOT / "mkdocs.yml").read_text("utf8")
    assert [page for page in DOCS.rglob("*.md") if page.relative_to(DOCS).as_posix() not in navigation] == []
