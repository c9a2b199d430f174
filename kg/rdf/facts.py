"""The triples of one graph as what they say of each node: the plain look-ups that records are restored with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import GraphFileError
from kg.model import Span
from kg.rdf.names import Names


class Facts:
    """What some triples say, by node and property; every value is the text of a literal, or an IRI.

    Properties and types are prefixed names ("rdfs:label"), or terms of our ontology without a prefix ("confidence").
    """

    def __init__(self, quads: Iterable[Quad], names: Names) -> None:
        self.names = names
        self._spaces = names.prefixes
        self._values: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for quad in quads:
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                self._values[quad.subject.value][quad.predicate.value].append(quad.object.value)

    def of_type(self, type: str) -> list[str]:
        """The nodes of a type, sorted."""
        key, wanted = self._iri("rdf:type"), self._iri(type)
        return sorted(node for node, values in self._values.items() if wanted in values.get(key, ()))

    def with_property(self, term: str) -> list[str]:
        """The nodes that have a property, sorted."""
        key = self._iri(term)
        return sorted(node for node, values in self._values.items() if key in values)

    def all(self, node: str, term: str) -> list[str]:
        """The values of a property, sorted."""
        return sorted(self._values[node].get(self._iri(term), ())) if node in self._values else []

    def one(self, node: str, term: str) -> str | None:
        """The value of a property, if there is one."""
        return next(iter(self.all(node, term)), None)

    def need(self, node: str, term: str) -> str:
        """The value of a property without which nothing can be restored.

        :raises GraphFileError: if there is none.
        """
        value = self.one(node, term)
        if value is None:
            property = term if ":" in term else f"kg:{term}"
            raise GraphFileError(f"<{node}> has no {property}: write the graph anew with `kg export trig`")
        return value

    def number(self, node: str, term: str) -> float | None:
        """The value of a property as a number, if there is one."""
        value = self.one(node, term)
        return None if value is None else float(value)

    def term(self, node: str, term: str) -> str | None:
        """The name of the concept or class of our ontology that a property leads to, if it leads to one."""
        start = self._spaces["kg"]
        return next((value[len(start) :] for value in self.all(node, term) if value.startswith(start)), None)

    def ids(self, node: str, term: str, folder: str) -> list[str]:
        """The ids of the things of one kind ("entity", "claim") that a property leads to."""
        start = self._spaces[folder]
        return [value[len(start) :] for value in self.all(node, term) if value.startswith(start)]

    def id(self, node: str, folder: str) -> str:
        """The id of a thing of one kind, by its IRI."""
        return node.removeprefix(self._spaces[folder])

    def span(self, node: str) -> Span:
        """The offsets of a span.

        :raises GraphFileError: if it has none.
        """
        return Span(int(self.need(node, "nif:beginIndex")), int(self.need(node, "nif:endIndex")))

    def _iri(self, term: str) -> str:
        prefix, _, local = term.rpartition(":")
        return self._spaces[prefix or "kg"] + local
