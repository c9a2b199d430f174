"""Files of corpora and gold: text, lines and JSON lines, with errors that name file and line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kg.errors import EvaluationError


def malformed(path: Path, line: int, reason: str) -> EvaluationError:
    """The error for a gold file that breaks its format."""
    return EvaluationError(f"{path}, line {line}: {reason}")


def read_text(path: Path) -> str:
    """The text of a gold file.

    :raises EvaluationError: if it is missing, a folder, or not UTF-8.
    """
    if not path.is_file():
        raise EvaluationError(f"{path} is not a file; give the gold file with --gold")
    try:
        return path.read_text(encoding="utf8")
    except UnicodeDecodeError as error:
        raise EvaluationError(f"{path} is not UTF-8 text (byte {error.start}); convert it first") from error


def require_folder(path: Path) -> None:
    """Refuse a gold folder that is none.

    :raises EvaluationError: if it is missing, or a file.
    """
    if not path.is_dir():
        raise EvaluationError(f"{path} is not a folder; give the benchmark's folder with --gold")


def numbered_lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a file that are not blank, each with its number, counted from 1.

    :raises EvaluationError: if the file cannot be read.
    """
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if line.strip():
            yield number, line.rstrip("\r")


def json_lines(path: Path, *, required: Iterable[str] = ()) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a file of JSON lines, each with its line number.

    :raises EvaluationError: if a line is no JSON object or lacks a ``required`` field.
    """
    for number, line in numbered_lines(path):
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise malformed(path, number, f"not JSON ({error.msg})") from error
        if not isinstance(row, dict):
            raise malformed(path, number, "not a JSON object")
        missing = [name for name in required if name not in row]
        if missing:
            raise malformed(path, number, f"lacks the field {', '.join(missing)}")
        yield number, row
