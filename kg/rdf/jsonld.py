"""JSON-LD with short keys: each property by its own name, by a context that stands in the document.

``context.json`` says what the keys mean and of which type their values are. Prefixed names and strings are written in
JSON as they are in Turtle; a value that has not the type of its key says its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files

from kg.rdf.nodes import Node, NodesByGraph

#: A key of a document, and the type of its values: "@id", a prefixed name such as "xsd:decimal", or None.
Key = tuple[str, str | None]


def jsonld(graphs: NodesByGraph, prefixes: Mapping[str, str]) -> Iterator[str]:
    """The default graph and the named graphs as JSON-LD 1.1, a piece and a line for each node."""
    yield f'{{"@context": {{\n{_lines({**prefixes, **context()})}\n}},\n"@graph": ['
    for name, nodes in graphs:
        if name is None:
            yield from _objects(nodes)
            continue
        yield f',\n{{"@id": "{name}", "@graph": ['
        yield from _objects(nodes)
        yield "\n]}"
    yield "\n]}\n"


@cache
def context() -> dict[str, str | dict[str, str]]:
    """The keys of a document with what they mean, without the prefixes.

    >>> context()["polarity"]
    {'@id': 'kg:polarity', '@type': '@id'}
    """
    return json.loads((files("kg.rdf") / "context.json").read_text("utf8"))


@cache
def keys() -> dict[str, Key]:
    """The key of each property that has one, and the type of its values."""
    defined = ((key, {"@id": meant} if isinstance(meant, str) else meant) for key, meant in context().items())
    return {"a": ("@type", "@id")} | {meant["@id"]: (key, meant.get("@type")) for key, meant in defined}


def _lines(members: Mapping[str, object]) -> str:
    return ",\n".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in members.items())


def _objects(nodes: Iterable[Node]) -> Iterator[str]:
    separator = "\n"
    for name, properties in nodes:
        members = [_member(predicate, value) for predicate, value in properties.items() if value]
        yield f'{separator}{{"@id": "{name}", {", ".join(members)}}}'
        separator = ",\n"


def _member(predicate: str, value: str | list[str]) -> str:
    key, type = keys().get(predicate, (predicate, None))
    if isinstance(value, str):
        return f'"{key}": {_value(value, type)}'
    return f'"{key}": [{", ".join([_value(one, type) for one in value])}]'


def _value(term: str, type: str | None) -> str:
    """A term of Turtle as JSON, by the type that its key gives it."""
    if term[0] == '"':
        string, _, suffix = term.rpartition('"')
        return _literal(string, suffix, type)
    if term in ("true", "false") or term.lstrip("-").isdigit():
        return term
    if term[0] in "-0123456789":
        return _literal(f'"{term}', "^^xsd:decimal", type)
    iri = term[1:-1] if term[0] == "<" else term
    return f'"{iri}"' if type == "@id" else f'{{"@id": "{iri}"}}'


def _literal(string: str, suffix: str, type: str | None) -> str:
    """A literal of Turtle without its closing quotation mark, and what follows that: a language, a type, or nothing."""
    if suffix.startswith("@"):
        return f'{{"@value": {string}", "@language": "{suffix[1:]}"}}'
    datatype = suffix.removeprefix("^^") or None
    if datatype == type:
        return f'{string}"'
    return f'{{"@value": {string}", "@type": "{datatype or "xsd:string"}"}}'
