"""The names of pipelines, told without loading one or importing spaCy."""

from __future__ import annotations

import json
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kg.errors import PipelineError

PACKAGES = Path(__file__).with_name("pipelines")
DEFAULT = "accurate"
ENGLISH = "en"


def bundled() -> list[str]:
    """The names of the pipelines that come with ``kg``.

    >>> bundled()
    ['accurate', 'small']
    """
    return sorted(path.name for path in PACKAGES.iterdir() if (path / "meta.json").exists())


def check_pipeline(name: str) -> None:
    """Refuse a pipeline that is neither bundled, nor an installed package, nor a folder.

    :raises PipelineError: if there is no such pipeline.
    """
    if name not in bundled() and not is_installed(name) and not (Path(name) / "meta.json").exists():
        raise PipelineError(
            f"there is no pipeline {name!r}: bundled are {', '.join(bundled())}; any other needs installing first, "
            f"or the path of its folder"
        )


def check_language(name: str) -> None:
    """Refuse a pipeline for another language than English: every rule reads English words and English trees, and with
    another language denials and doubts would pass for facts.

    :raises PipelineError: if its language is not English.
    """
    if name in bundled():
        return
    language = _meta(name).get("lang", ENGLISH)
    if language != ENGLISH:
        raise PipelineError(
            f"the pipeline {name!r} reads the language {language!r}, but the rules of kg read English: what is denied "
            f"or doubted would pass for fact. Name an English one, or give --language-unchecked"
        )


def _meta(name: str) -> dict[str, Any]:
    """What a pipeline, a folder or a package, says of itself."""
    path = Path(name) / "meta.json"
    if not path.exists() and is_installed(name):
        found = find_spec(name)
        path = Path(found.origin or "").with_name("meta.json") if found is not None else path
    return json.loads(path.read_text("utf8")) if path.is_file() else {}


def is_installed(name: str) -> bool:
    """Whether a pipeline is a package that is installed."""
    try:
        distribution(name)
    except (PackageNotFoundError, ValueError):
        return False
    return True
