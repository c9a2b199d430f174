"""The graph as the CSV files that ``neo4j-admin database import full`` takes: an offline load of any size.

The files hold the property graph that ``kg load neo4j`` makes: articles, entities and claims are nodes, asserted
statements relationships named for their relation. Each set of rows has a header file of its own, with types.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.graph.network import Scalar
from kg.views.property_graph import (
    ARTICLE,
    CLAIM,
    COLUMNS,
    ENTITY,
    STATEMENT,
    TIES,
    Edge,
    Node,
    Tie,
    articles,
    claims,
    entities,
    statements,
)

if TYPE_CHECKING:
    from kg.graph import Graph

TYPES: dict[type[Scalar], str] = {str: "string", bool: "boolean", int: "long", float: "double"}
SCRIPT = "import.sh"
Row = Iterable[Scalar | None]


def write_neo4j_admin(graph: Graph, path: Path) -> None:
    """Write a folder with a header and a file of rows for each kind of node and relationship, and the command for them.

    ``sh import.sh DATABASE`` in that folder imports them, where ``neo4j-admin`` is at hand and the database is empty.
    Texts are always quoted, quotes inside them doubled, and line ends made spaces; what is not known is an empty cell,
    which neo4j-admin takes for no property.
    """
    path.mkdir(parents=True, exist_ok=True)
    of_claims = list(claims(graph))
    ties = [tie for _, found in of_claims for tie in found]
    nodes = {ARTICLE: articles(graph), ENTITY: entities(graph), CLAIM: (node for node, _ in of_claims)}
    for label, found in nodes.items():
        header = [f"id:ID({label})", *_typed(label), ":LABEL"]
        _write(path, label.lower(), header, (_node(node) for node in found))
    header = [f":START_ID({ENTITY})", f":END_ID({ENTITY})", ":TYPE", "id:string", *_typed(STATEMENT)]
    _write(path, STATEMENT.lower(), header, (_edge(edge) for edge in statements(graph)))
    for type, end in TIES.items():
        header = [f":START_ID({CLAIM})", f":END_ID({end})", ":TYPE"]
        _write(path, type.lower(), header, (_tie(tie) for tie in ties if tie.type == type))
    (path / SCRIPT).write_text(_script(), encoding="utf-8", newline="\n")


def _typed(table: str) -> Iterator[str]:
    """The columns of a table as a header names them: "title:string"."""
    return (f"{name}:{TYPES[type]}" for name, type in COLUMNS[table].items())


def _node(node: Node) -> Row:
    labels = node.label if node.kind is None else f"{node.label};{node.kind}"
    return node.id, *(node.values.get(name) for name in COLUMNS[node.label]), labels


def _edge(edge: Edge) -> Row:
    return edge.start, edge.end, edge.type, edge.id, *(edge.values.get(name) for name in COLUMNS[edge.table])


def _tie(tie: Tie) -> Row:
    return tie.claim, tie.end, tie.type


def _write(folder: Path, name: str, header: Iterable[str], rows: Iterable[Row]) -> None:
    (folder / f"{name}-header.csv").write_text(",".join(header) + "\n", encoding="utf-8", newline="\n")
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(",".join(map(_cell, row)) + "\n" for row in rows)


def _cell(value: Scalar | None) -> str:
    """A value as neo4j-admin reads it whatever its options: a text that is not quoted may be trimmed."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + " ".join(value.splitlines()).replace('"', '""') + '"'
    return repr(value)


def _script() -> str:
    nodes = (f"--nodes={name}-header.csv,{name}.csv" for name in map(str.lower, (ARTICLE, ENTITY, CLAIM)))
    edges = (f"--relationships={name}-header.csv,{name}.csv" for name in map(str.lower, (STATEMENT, *TIES)))
    options = " \\\n    ".join((*nodes, *edges))
    return f"""#!/bin/sh
# sh {SCRIPT} DATABASE
neo4j-admin database import full \\
    {options} \\
    "${{1:-neo4j}}"
"""
