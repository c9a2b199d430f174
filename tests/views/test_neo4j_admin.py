"""The files for neo4j-admin, read back as its manual says that it reads them."""

from __future__ import annotations

import csv
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from kg.graph import Graph
from kg.views import write
from kg.views.property_graph import articles, claims, entities, statements

PROPERTY = re.compile(r"(?P<name>\w+):(?P<type>string|boolean|long|double)")
SPECIAL = re.compile(r"(?P<name>\w*):(?P<type>ID|START_ID|END_ID|LABEL|TYPE)(?:\((?P<space>\w+)\))?")
READ = {"string": str, "long": int, "double": float, "boolean": {"true": True, "false": False}.__getitem__}


def imported(folder: Path) -> tuple[dict[tuple[str, str], Any], list[Any]]:
    """The nodes by id space and id, and the relationships, that the command of a folder would import."""
    words = shlex.split((folder / "import.sh").read_text("utf8").replace("\\\n", " "), comments=True)
    assert words[:4] == ["neo4j-admin", "database", "import", "full"] and words[-1].startswith("${1")
    nodes: dict[tuple[str, str], Any] = {}
    edges: list[Any] = []
    for option in words[4:-1]:
        kind, _, files = option.partition("=")
        header, data = (folder / name for name in files.split(","))
        for special, values in rows(header, data):
            if kind == "--nodes":
                space, id = special["ID"]
                assert (space, id) not in nodes
                nodes[space, id] = set(special["LABEL"][1].split(";")), {"id": id} | values
            else:
                assert kind == "--relationships"
                edges.append((special["START_ID"], special["TYPE"][1], special["END_ID"], values))
    return nodes, edges


def rows(header: Path, data: Path) -> Any:
    columns = header.read_text("utf8").rstrip("\n").split(",")
    lines = data.read_text("utf8").split("\n")
    assert lines.pop() == ""
    for line in lines:  # a field that went over several lines would need an option
        (cells,) = csv.reader([line], strict=True)
        special: dict[str, Any] = {}
        values: dict[str, Any] = {}
        for column, cell in zip(columns, cells, strict=True):
            if found := PROPERTY.fullmatch(column):
                if cell:
                    values[found["name"]] = READ[found["type"]](cell)
            else:
                found = SPECIAL.fullmatch(column)
                assert found, column
                special[found["type"]] = found["space"], cell
        yield special, values


@pytest.mark.parametrize("which", ["graph", "hostile"])
def test_what_is_read_back_is_the_property_graph(which: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    graph: Graph = request.getfixturevalue(which)
    folder = write(graph, "neo4j-admin", tmp_path / "bulk")
    nodes, edges = imported(folder)
    made = [*articles(graph), *entities(graph), *(node for node, _ in claims(graph))]
    assert nodes == {
        (node.label, node.id): (
            {node.label, *([node.kind] if node.kind else [])},
            {"id": node.id} | {name: on_one_line(value) for name, value in node.values.items()},
        )
        for node in made
    }
    for start, _, end, _ in edges:
        assert start in nodes and end in nodes
    plain = [edge for edge in edges if "id" in edge[3]]
    assert plain == [
        (("Entity", edge.start), edge.type, ("Entity", edge.end),
         {"id": edge.id} | {name: on_one_line(value) for name, value in edge.values.items()})
        for edge in statements(graph)
    ]  # fmt: skip
    ties = [tie for _, found in claims(graph) for tie in found]
    assert sorted((e[0][1], e[1], e[2]) for e in edges if "id" not in e[3]) == sorted(
        (tie.claim, tie.type, (tie.end_label, tie.end)) for tie in ties
    )


def on_one_line(value: Any) -> Any:
    return " ".join(value.splitlines()) if isinstance(value, str) else value


def test_texts_are_quoted_and_what_is_not_known_is_empty(hostile: Graph, tmp_path: Path) -> None:
    folder = write(hostile, "neo4j-admin", tmp_path / "bulk")
    first = (folder / "entity.csv").read_text("utf8").splitlines()[0]
    assert re.fullmatch(r'("(?:[^"]|"")*"|)(,("(?:[^"]|"")*"|))*', first)
    assert ',"",' not in first
    assert (folder / "entity-header.csv").read_text("utf8").startswith("id:ID(Entity),name:string,kind:string,")


def test_the_same_graph_gives_the_same_files(records: Any, tmp_path: Path) -> None:
    folders = [
        write(Graph.from_records(found), "neo4j-admin", tmp_path / name)
        for name, found in (("a", records), ("b", reversed(records)))
    ]
    first, second = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in folders)
    assert first == second
