"""Ready queries: SPARQL files with a header that says what they answer and which parameters they take.

The files run as they are in any store; a parameter is a variable of the line of VALUES that is marked ``# parameters``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.errors import QueryError
from kg.rdf.literals import text

_HEADER = re.compile(r"# (title|description): (.*)")
_PARAMETER = re.compile(r"# parameter (\w+) = ([^:]*?) *: (.*)")
_BINDING = re.compile(r"^ *VALUES .*# parameters$", re.MULTILINE)
_NAMED = re.compile(
    r'^ *FILTER\(\?(?P<parameter>\w+) = "" \|\| EXISTS \{\n'
    r"(?: *\?claim rdf:subject\|rdf:object \?party \.\n)?"
    r" *\?(?P<named>\w+) rdfs:label\|skos:altLabel \?name \.\n"
    r" *FILTER\(.*\)\n"
    r" *\}\)\n",
    re.MULTILINE,
)
"""The condition that somebody is called by a parameter's value: a claim's subject or object, or its source."""
Known = Callable[[str], Sequence[str]]
"""The IRIs of the entities that have a name, by any case of its letters."""


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


def bound(
    query: ReadyQuery, values: Mapping[str, str], *, base_iri: str, default_base: str, known: Known | None = None
) -> str:
    """The query with its parameters set, each escaped as a literal, never pasted.

    :param known: looks names up beforehand: the query then starts from the entities found, and asks for their claims
        alone, instead of comparing the names of all claims.
    :raises QueryError: if the query has no such parameter.
    """
    defaults = {parameter.name: parameter.default for parameter in query.parameters}
    for name in values:
        if name not in defaults:
            takes = ", ".join(defaults) or "none"
            raise QueryError(f"the query {query.name!r} has no parameter {name!r}: it takes {takes}")
    chosen = defaults | dict(values)
    sparql = query.sparql.replace(f"<{default_base}", f"<{base_iri}")
    if not defaults:
        return sparql
    variables = " ".join(f"?{name}" for name in chosen)
    literals = " ".join(text(value) for value in chosen.values())
    binding = [f"  VALUES ({variables}) {{ ({literals}) }}"]
    if known is not None:
        binding += [
            _of_entities(m, known(chosen[m["parameter"]])) for m in _NAMED.finditer(sparql) if _is_set(m, chosen)
        ]
        sparql = _NAMED.sub(lambda m: "" if _is_set(m, chosen) else m[0], sparql)
    return _BINDING.sub(lambda _: "\n".join(binding), sparql)


def _is_set(condition: re.Match[str], chosen: Mapping[str, str]) -> bool:
    return chosen[condition["parameter"]] != ""


def _of_entities(condition: re.Match[str], entities: Sequence[str]) -> str:
    """What a condition asks, with the entities already found: each claim once, though it may be of two of them."""
    variable = f"?{condition['named']}"
    values = f"VALUES {variable} {{ {' '.join(f'<{iri}>' for iri in entities)} }}"
    if condition["named"] != "party":
        return f"  {values}"
    return f"  {{ SELECT DISTINCT ?claim WHERE {{ {values} ?claim rdf:subject|rdf:object ?party }} }}"


def _parsed(name: str, sparql: str) -> ReadyQuery:
    header = dict(_HEADER.findall(sparql))
    parameters = tuple(Parameter(*found) for found in _PARAMETER.findall(sparql))
    return ReadyQuery(name, header["title"], header["description"], parameters, sparql)
