"""Correct a graph by hand: merge two actors, split one, rename one; kept in its folder and applied in every rebuild."""

from __future__ import annotations

from pathlib import Path

from kg.engines.outputs import making_of, rewrite
from kg.errors import LedgerError, QueryError
from kg.graph import Graph, graph_of
from kg.graph.corrections import Correction, read_corrections, split_id, write_corrections
from kg.ledger import Ledger, held
from kg.model import Entity


def merge(name: str, into: str, *, folder: str | Path = "output", undo: bool = False) -> Correction:
    """Make one actor of two: the mentions and claims of ``name`` become those of ``into``.

    Both are given by any of their names, or by id.

    :param undo: take the merge back instead.
    :raises QueryError: if the graph knows none of a name, or both are one already.
    :raises LedgerError: if the folder holds no graph, or no such merge to take back.
    """
    if undo:
        return _undo("merge", name, folder)
    graph = _graph(folder)
    one, other = _find(graph, name), _find(graph, into)
    if one.id == other.id:
        raise QueryError(f"{name!r} and {into!r} are one already: {other.name} ({other.id})")
    return _keep(Correction("merge", one.id, one.name, other.id, name=other.name), folder)


def split(
    name: str, article: str, *, new_name: str = "", folder: str | Path = "output", undo: bool = False
) -> Correction:
    """Give the mentions of an actor in one article to an actor of their own.

    :param new_name: what it is called; else it keeps the name.
    :raises QueryError: if the graph knows none of that name, or the article does not mention it.
    :raises LedgerError: if the folder holds no graph, or no such split to take back.
    """
    if undo:
        return _undo("split", name, folder, article=article)
    graph = _graph(folder)
    entity = _find(graph, name)
    if not any(m.entity == entity.id and m.article == article for m in graph.mentions):
        raise QueryError(f"{article!r} does not mention {entity.name}: `kg show NAME --why` lists the articles that do")
    return _keep(Correction("split", entity.id, entity.name, split_id(entity.id, article), article, new_name), folder)


def rename(name: str, new_name: str, *, folder: str | Path = "output", undo: bool = False) -> Correction:
    """Give an actor another name; the old one is still found.

    :raises QueryError: if the graph knows none of that name.
    :raises LedgerError: if the folder holds no graph, or no such renaming to take back.
    """
    if undo:
        return _undo("rename", name, folder)
    entity = _find(_graph(folder), name)
    return _keep(Correction("rename", entity.id, entity.name, name=new_name), folder)


def _graph(folder: str | Path) -> Graph:
    return graph_of(Ledger(folder, create=False), folder)


def _find(graph: Graph, name: str) -> Entity:
    found = next(iter(graph.find(name)), None)
    if found is None:
        raise QueryError(f"the graph knows no {name!r}: `kg query --name actors` lists whom it knows")
    return found


def _keep(correction: Correction, folder: str | Path) -> Correction:
    same = (correction.action, correction.entity, correction.article)
    before = read_corrections(folder)
    kept = [one for one in before if (one.action, one.entity, one.article) != same]
    _apply([*kept, correction], folder)
    return correction


def _undo(action: str, name: str, folder: str | Path, *, article: str = "") -> Correction:
    kept = list(read_corrections(folder))
    for one in reversed(kept):
        if one.action == action and name in (one.entity, one.entity_name, one.name) and article in ("", one.article):
            kept.remove(one)
            _apply(kept, folder)
            return one
    raise LedgerError(f"{folder} holds no {action} of {name!r}: see its corrections.csv")


def _apply(corrections: list[Correction], folder: str | Path) -> None:
    """Write the table, and the graph's files anew."""
    Ledger(folder, create=False)
    with held(folder, doing="a correction"):
        write_corrections(folder, corrections)
        rewrite(graph_of(Ledger(folder, create=False), folder), Path(folder), making_of(folder))
