"""Ready queries: SPARQL files with a header that says what they answer and which parameters they take.

The files run as they are in any store; a parameter is a variable of the line of VALUES that is marked ``# parameters``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.errors import QueryError
from kg.rdf.literals import text

_HEADER = re.compile(r"# (title|description): (.*)")
_PARAMETER = re.compile(r"# parameter (\w+) = ([^:]*?) *: (.*)")
_BINDING = re.compile(r"^ *VALUES .*# parameters$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a ready query takes; an empty default stands for any."""

    name: str
    default: str
    meaning: str


@dataclass(frozen=True, slots=True)
class ReadyQuery:
    """A question that is asked often, as SPARQL."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    sparql: str


@cache
def ready_queries() -> tuple[ReadyQuery, ...]:
    """All ready queries, by name.

    >>> "threats" in [query.name for query in ready_queries()]
    True
    """
    folder = files("kg.rdf") / "queries"
    found = (file for file in folder.iterdir() if file.name.endswith(".rq"))
    return tuple(sorted((_parsed(file.name[:-3], file.read_text("utf8")) for file in found), key=lambda q: q.name))


def ready_query(name: str) -> ReadyQuery:
    """The ready query of this name.

    :raises QueryError: if there is none.
    """
    for query in ready_queries():
        if query.name == name:
            return query
    raise QueryError(f"no ready query is called {name!r}: take one of {', '.join(q.name for q in ready_queries())}")


def bound(query: ReadyQuery, values: Mapping[str, str], *, base_iri: str, default_base: str) -> str:
    """The query with its parameters set, each escaped as a literal, never pasted.

    :raises QueryError: if the query has no such parameter.
    """
    known = {parameter.name: parameter.default for parameter in query.parameters}
    for name in values:
        if name not in known:
            takes = ", ".join(known) or "none"
            raise QueryError(f"the query {query.name!r} has no parameter {name!r}: it takes {takes}")
    chosen = known | dict(values)
    sparql = query.sparql.replace(f"<{default_base}", f"<{base_iri}")
    if not known:
        return sparql
    variables = " ".join(f"?{name}" for name in chosen)
    literals = " ".join(text(value) for value in chosen.values())
    return _BINDING.sub(lambda _: f"  VALUES ({variables}) {{ ({literals}) }}", sparql)


def _parsed(name: str, sparql: str) -> ReadyQuery:
    header = dict(_HEADER.findall(sparql))
    parameters = tuple(Parameter(*found) for found in _PARAMETER.findall(sparql))
    return ReadyQuery(name, header["title"], header["description"], parameters, sparql)
