"""Views of a graph for people and for other programs: the interactive page, graph files, tables, a Cypher script.

Each view registers under its name in the entry point group ``kg.views``, as a function ``write(graph, path,
**options)``, so that another package adds one without a change here.
"""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import ExportError
from kg.files import replacing

if TYPE_CHECKING:
    from kg.graph import Graph

GROUP = "kg.views"


def formats() -> tuple[str, ...]:
    """The names of the formats that can be written, sorted.

    >>> "html" in formats() and "graphml" in formats()
    True
    """
    return tuple(sorted(_registered()))


def write(graph: Graph, format: str, path: str | Path, **options: Any) -> Path:
    """Write ``graph`` to the file ``path`` in ``format``, and return the path; folders on the way are made.

    ``options`` go to the view as they are: each view's ``write`` documents its own.

    :raises ExportError: if no view has that name, or the file cannot be written.
    """
    views = _registered()
    if format not in views:
        raise ExportError(f"unknown format {format!r}; the formats are {', '.join(sorted(views)) or 'none'}")
    target = Path(path)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_view = views[format].load()
        if target.is_dir():
            write_view(graph, target, **options)
        else:
            with replacing(target) as draft:
                write_view(graph, draft, **options)
    except OSError as error:
        raise ExportError(f"cannot write {target}: {error.strerror or error}; choose another place") from error
    return target


def _registered() -> dict[str, EntryPoint]:
    return {entry.name: entry for entry in entry_points(group=GROUP)}
