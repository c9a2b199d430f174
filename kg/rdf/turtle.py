"""Turtle and TriG, written straight from the nodes: the text that most other syntaxes and the store are read from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg.rdf.nodes import Node, NodesByGraph

INDENT = "    "


def turtle(graphs: NodesByGraph, prefixes: Mapping[str, str]) -> Iterator[str]:
    """The union of all graphs as Turtle, a piece for each node."""
    yield _head(prefixes)
    for _, nodes in graphs:
        yield from _blocks(nodes)


def trig(graphs: NodesByGraph, prefixes: Mapping[str, str]) -> Iterator[str]:
    """The default graph and the named graphs as TriG, a piece for each node."""
    yield _head(prefixes)
    for name, nodes in graphs:
        if name is None:
            yield from _blocks(nodes)
            continue
        yield f"\n{name} {{"
        yield from _blocks(nodes, INDENT)
        yield "}\n"


def _head(prefixes: Mapping[str, str]) -> str:
    return "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in prefixes.items())


def _blocks(nodes: Iterable[Node], indent: str = "") -> Iterator[str]:
    separator = f" ;\n{indent}{INDENT}"
    for name, properties in nodes:
        facts = [f"{predicate} {_objects(value)}" for predicate, value in properties.items() if value]
        yield f"\n{indent}{name} {separator.join(facts)} .\n"


def _objects(value: str | list[str]) -> str:
    return value if isinstance(value, str) else ", ".join(value)
