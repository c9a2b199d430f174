"""Loading the graph into stores that others wrote, over their own protocols.

Each loader registers under its name in the entry point group ``kg.stores``, as a function ``load(graph, where,
options, record)``, so that another package adds one without a change here. Loading twice changes nothing.
"""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from kg.errors import StoreError
from kg.graph import Graph
from kg.model import content_id
from kg.stores.loading import PASSWORD, USER, Loaded, Loader, LoadOptions
from kg.stores.record import LoadRecord

__all__ = ["GROUP", "PASSWORD", "USER", "LoadOptions", "LoadRecord", "Loaded", "Loader", "load", "targets"]

GROUP = "kg.stores"
FOLDER = "loads"


def targets() -> tuple[str, ...]:
    """The names of the stores that can be loaded, sorted.

    >>> {"sparql", "neo4j", "ladybug"} <= set(targets())
    True
    """
    return tuple(sorted(_registered()))


def load(
    graph: Graph,
    target: str,
    where: str,
    *,
    options: LoadOptions | None = None,
    folder: str | Path | None = None,
    fresh: bool = False,
) -> Loaded:
    """Load a graph into the store at an address or path; what an earlier load put there and is gone is taken away.

    :param target: the kind of store, one of :func:`targets`.
    :param folder: where to keep the record of loads, by which one that broke off goes on; None keeps none.
    :param fresh: begin at the beginning, even after a load that broke off.
    :raises StoreError: if there is no such kind, its packages are not installed, or the store fails or refuses.
    """
    loaders = _registered()
    if target not in loaders:
        raise StoreError(f"no store is called {target!r}: take one of {', '.join(sorted(loaders)) or 'none'}")
    options = options or LoadOptions()
    path = None
    if folder is not None:
        # The same store, loaded in another form, has a record of its own.
        form = options.base_iri, options.update, options.merged, options.claims, options.database
        path = Path(folder) / FOLDER / f"{target}-{content_id(where, *form)}.json"
    record = LoadRecord(path, fresh=fresh)
    loader: Loader = loaders[target].load()
    complete = False
    try:
        loaded = loader(graph, where, options, record)
        complete = True
    finally:
        record.save(complete=complete)
    return loaded


def _registered() -> dict[str, EntryPoint]:
    return {entry.name: entry for entry in entry_points(group=GROUP)}
