"""What every loader is given, and what it tells when it is done."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

from kg.errors import StoreError
from kg.graph import Graph
from kg.rdf import About
from kg.stores.record import LoadRecord
from kg.views.property_graph import ClaimsAs

USER, PASSWORD = "KG_STORE_USER", "KG_STORE_PASSWORD"


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """How to load: each store heeds those that mean something to it.

    ``update`` uses SPARQL Update instead of the Graph Store Protocol, and ``merged`` is the graph that takes what was
    merged ("default": the store's default graph). ``claims`` makes claims nodes or relationships; ``database`` names
    one of several in a server.
    """

    base_iri: str | None = None
    about: About | None = None
    update: bool = False
    merged: str | None = None
    claims: ClaimsAs = "nodes"
    database: str | None = None


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a store holds of the graph now: how many of each kind of thing.

    ``resumed`` counts what an earlier load that broke off had done, ``removed`` what the graph holds no longer, and
    ``left_out`` claims that have no place in the form chosen.
    """

    where: str
    counts: dict[str, int]
    resumed: int = 0
    removed: int = 0
    left_out: int = 0


Loader = Callable[[Graph, str, LoadOptions, LoadRecord], Loaded]


def credentials() -> tuple[str, str] | None:
    """The user and password that the environment names, if it does.

    :raises StoreError: if it names one without the other.
    """
    user, password = os.environ.get(USER), os.environ.get(PASSWORD)
    if (user is None) != (password is None):
        raise StoreError(f"{USER} and {PASSWORD} belong together: set both in the environment, or neither")
    return (user, password) if user is not None and password is not None else None


def broken_off(where: str, reason: str, done: int) -> StoreError:
    """The error of a load that could not be finished; what was done is kept, and the next load goes on from there."""
    state = f"{done:,} things are loaded: run the same command again to go on" if done else "nothing was loaded"
    return StoreError(f"{where} {reason}; {state}")
