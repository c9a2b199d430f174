"""The names of pipelines, told without loading one or importing spaCy."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from kg.errors import PipelineError

PACKAGES = Path(__file__).with_name("pipelines")
DEFAULT = "accurate"


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


def is_installed(name: str) -> bool:
    """Whether a pipeline is a package that is installed."""
    try:
        distribution(name)
    except (PackageNotFoundError, ValueError):
        return False
    return True
