"""The embedded SPARQL store, in memory or on disk: a named graph for each article, the rest in the default graph.

A query sees all graphs as one unless it says ``GRAPH``.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Self

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QueryBoolean, QueryTriples, RdfFormat, Store, serialize

from kg.errors import ExportError, LedgerError, QueryError
from kg.graph import Graph
from kg.rdf.literals import text
from kg.rdf.names import BASE_IRI, Names, external
from kg.rdf.nodes import About, in_parts, nodes
from kg.rdf.ready import bound, ready_query
from kg.rdf.room import with_room
from kg.rdf.seal import flaw, seal
from kg.rdf.stream import as_file
from kg.rdf.tokens import OPENING, taken_apart
from kg.rdf.turtle import trig
from kg.rdf.writer import quads
from kg.version import install

if TYPE_CHECKING:
    import pandas as pd

FOLDER = "store"
_NAMES = "rdfs:label|skos:altLabel"
ANEW = 200_000
NODES_AT_ONCE = 100_000
_POSITION = re.compile(r"error at (\d+):(\d+): *(.*)", re.DOTALL)
_PREFIX = re.compile(r"\b([A-Za-z][\w-]{0,99}):(?!//)")
DEEPEST = 200  # brackets within brackets


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query found: ``rows`` under ``variables`` (SELECT), a ``boolean`` (ASK), or ``triples`` (CONSTRUCT).

    Every term is a string: an IRI, or a literal without its type; what is unbound is None.
    """

    variables: tuple[str, ...] = ()
    rows: tuple[tuple[str | None, ...], ...] = ()
    boolean: bool | None = None
    triples: tuple[tuple[str, str, str], ...] = ()

    def __len__(self) -> int:
        """How many rows or triples were found."""
        return len(self.triples or self.rows)

    def __iter__(self) -> Iterator[dict[str, str | None]]:
        """The rows by the names of the variables; of a CONSTRUCT, its triples.

        >>> [row["actor"] for row in Answer(("actor",), (("NATO",),))]
        ['NATO']
        """
        names = ("subject", "predicate", "object") if self.triples else self.variables
        return (dict(zip(names, row, strict=True)) for row in self.triples or self.rows)

    def __bool__(self) -> bool:
        """The yes or no of an ASK; else whether anything was found."""
        return len(self) > 0 if self.boolean is None else self.boolean

    def to_pandas(self) -> pd.DataFrame:
        """The rows as a pandas data frame of strings; what is unbound is missing.

        :raises ExportError: if pandas is not installed.

        >>> Answer(("actor",), (("NATO",), (None,))).to_pandas().shape
        (2, 1)
        """
        try:
            import pandas as pd
        except ImportError:
            raise ExportError(f"a table for pandas needs it: run {install('tables')}") from None
        names = ["subject", "predicate", "object"] if self.triples else list(self.variables)
        return pd.DataFrame(list(self), columns=names, dtype="string")

    def dicts(self) -> list[dict[str, str | None]]:
        """The rows, each by the names of the variables.

        >>> Answer(("actor",), (("NATO",),)).dicts()
        [{'actor': 'NATO'}]
        """
        return [dict(zip(self.variables, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class TripleStore:
    """An Oxigraph store that holds one graph; made by :meth:`of`, :meth:`build` or :meth:`open`."""

    store: Store

    @classmethod
    def of(cls, graph: Graph, *, base_iri: str | None = None, about: About | None = None) -> Self:
        """A store in memory."""
        store = Store()
        _fill(store, graph, base_iri, about)
        return cls(store)

    @classmethod
    def build(
        cls, graph: Graph, folder: str | Path, *, base_iri: str | None = None, about: About | None = None
    ) -> Path:
        """Write the store of ``<folder>/store`` anew, in place of the one there; its path.

        :raises LedgerError: if the place cannot be written to.
        """
        path = Path(folder) / FOLDER
        draft = path.with_name(FOLDER + ".draft")
        try:
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir(parents=True)
            store = Store(str(draft))
            _fill(store, graph, base_iri, about)
            store.flush()
            del store  # closes the files, so that the folder can be moved
            seal(draft)
            shutil.rmtree(path, ignore_errors=True)
            return draft.rename(path)
        except (OSError, RuntimeError) as error:
            raise LedgerError(f"{path} cannot be written to ({error}): free or permit the place") from error

    @classmethod
    def update(
        cls,
        graph: Graph,
        folder: str | Path,
        *,
        base_iri: str | None = None,
        about: About | None = None,
        changed: Collection[str] | None = None,
    ) -> Path:
        """Make the store of ``<folder>/store`` hold a graph; its path.

        What differs from what it holds is changed in one transaction, each article's graph replaced as one; where much
        differs, or there is no store, it is built anew.

        :param changed: the ids of the articles that are new or another since the store was last made to hold the graph:
            the graphs of all others are left as they are, unread.
        :raises LedgerError: if the place cannot be written to.
        """
        path = Path(folder) / FOLDER
        try:
            store = Store(str(path)) if path.is_dir() and flaw(path) is None else None
        except (OSError, RuntimeError):
            store = None  # damaged, or another version's: all of it can be had anew
        wanted = quads(graph, base_iri=base_iri, about=about, articles=changed)
        own = Names(base_iri)
        kept = set[str]() if changed is None else graph.articles.keys() - set(changed)
        left = {own.article(id).value for id in kept}
        try:
            changes = None if store is None else changes_of(store, wanted, left=left, most=ANEW)
            if store is not None and changes:
                store.update(changes)
                store.flush()
        except (OSError, RuntimeError) as error:
            raise LedgerError(f"{path} cannot be written to ({error}): free or permit the place") from error
        finally:
            if store is not None:
                del store  # closes the files
                with suppress(OSError):  # an update that broke off changed nothing that the store holds
                    seal(path)
        return cls.build(graph, folder, base_iri=base_iri, about=about) if changes is None else path

    @classmethod
    def open(cls, folder: str | Path) -> Self:
        """The store of ``<folder>/store``, to be read only.

        :raises LedgerError: if there is none, or it is damaged.
        """
        path = Path(folder) / FOLDER
        if not path.is_dir():
            raise LedgerError(f"{folder} holds no store: run `kg build` with --out {folder} first")
        if found := flaw(path):
            raise LedgerError(f"{path} is damaged ({found}): run `kg build` again")
        try:
            return cls(Store.read_only(str(path)))
        except (OSError, RuntimeError) as error:
            raise LedgerError(f"{path} is damaged ({error}): run `kg build` again") from error

    @cached_property
    def names(self) -> Names:
        """The IRIs of the graph that the store holds, below the base with which it was written."""
        header = next(self.store.quads_for_pattern(None, external("void:uriSpace"), None, None), None)
        return Names(header.object.value if header and isinstance(header.object, Literal) else None)

    def query(self, sparql: str) -> Answer:
        """Ask a SPARQL 1.1 query; the prefixes that the graph's Turtle declares are known.

        :raises QueryError: if the query is malformed, or cannot be answered.

        >>> TripleStore.of(Graph.from_records([])).query("ASK { ?claim a kg:Claim }").boolean
        False
        """
        check_depth(sparql)
        return with_room(partial(self._answer, sparql))

    def _answer(self, sparql: str) -> Answer:
        try:
            union = not names_graphs(sparql)
            found = self.store.query(sparql, prefixes=self.names.prefixes, use_default_graph_as_union=union)
            if isinstance(found, QueryBoolean):
                return Answer(boolean=bool(found))
            if isinstance(found, QueryTriples):
                return Answer(triples=tuple(sorted(_triple(triple) for triple in found)))
            rows = tuple(tuple(_text(term) for term in row) for row in found)
            return Answer(tuple(variable.value for variable in found.variables), rows)
        except SyntaxError as error:
            raise QueryError(explained(sparql, str(error))) from error
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryError(f"the query cannot be answered ({error}): ask for less, or of this store only") from error

    def ready(self, name: str, **parameters: str) -> Answer:
        """Ask the ready query of this name; parameters that are not given have their defaults.

        :raises QueryError: if no ready query has the name, or it has no such parameter.
        """
        query = ready_query(name)
        return self.query(bound(query, parameters, base_iri=self.names.base, default_base=BASE_IRI, known=self.called))

    def called(self, name: str) -> tuple[str, ...]:
        """The IRIs of the entities of this name, whatever the case of its letters.

        Names in the spellings that are usual are looked up; only where none is there are all names compared.
        """
        spellings = " ".join(
            text(spelling) for spelling in {name: 0, name.lower(): 0, name.upper(): 0, name.title(): 0}
        )
        found = self.query(f"SELECT DISTINCT ?e {{ VALUES ?name {{ {spellings} }} ?e {_NAMES} ?name }} ORDER BY ?e")
        if not found.rows:
            same = f"FILTER(LCASE(STR(?name)) = LCASE({text(name)}))"
            found = self.query(f"SELECT DISTINCT ?e {{ ?e {_NAMES} ?name {same} }} ORDER BY ?e")
        return tuple(row[0] or "" for row in found.rows)


def _fill(store: Store, graph: Graph, base_iri: str | None, about: About | None) -> None:
    """Load a graph by the bulk loader, in parts, for the loader keeps in memory what it is given at once."""
    own = Names(base_iri)
    for part in in_parts(nodes(graph, own, about=about), NODES_AT_ONCE):
        store.bulk_load(as_file(trig(part, own.prefixes)), RdfFormat.TRIG)


def names_graphs(sparql: str) -> bool:
    """Whether a query says by FROM which graphs it asks; all of them are asked otherwise.

    >>> names_graphs("SELECT * FROM <https://example.org/a1> { ?s ?p ?o }"), names_graphs("ASK { ?from ?p ?o }")
    (True, False)
    """
    return "from" in sparql.lower() and taken_apart(sparql).names_graphs


def check_depth(sparql: str) -> None:
    """See that a query is not nested more deeply than its evaluator can follow.

    :raises QueryError: if it is.
    """
    if sum(map(sparql.count, OPENING)) > DEEPEST and taken_apart(sparql).depth > DEEPEST:
        raise QueryError(f"the query has more than {DEEPEST} brackets within each other: ask for less at a time")


def changes_of(store: Store, wanted: Iterable[Quad], *, most: int, left: Collection[str] = ()) -> str | None:
    """The SPARQL update that makes a store hold the quads wanted; None when more than so many triples would change.

    The quads of one graph must follow one another.

    :param left: the IRIs of graphs that are wanted as they are.
    """
    changes: list[str] = []
    changed = 0
    gone = {name.value for name in store.named_graphs() if isinstance(name, NamedNode)} - set(left)
    for name, group in groupby(wanted, key=lambda quad: quad.graph_name):
        new, old = set(group), set(store.quads_for_pattern(None, None, None, name))
        gone.discard(name.value if isinstance(name, NamedNode) else "")
        changed += len(new ^ old)
        if changed > most:
            return None
        if new != old:
            changes.extend(_change(name, new, old))
    changes.extend(f"DROP GRAPH <{name}>" for name in sorted(gone))
    return " ;\n".join(changes)


def _change(name: object, new: set[Quad], old: set[Quad]) -> Iterator[str]:
    """An article's graph is replaced; of the default graph, only what differs."""
    if isinstance(name, NamedNode):
        yield f"CLEAR SILENT GRAPH {name}"
        yield f"INSERT DATA {{ GRAPH {name} {{\n{_lines(new)}}} }}"
        return
    if old - new:
        yield f"DELETE DATA {{\n{_lines(old - new)}}}"
    if new - old:
        yield f"INSERT DATA {{\n{_lines(new - old)}}}"


def _lines(found: Iterable[Quad]) -> str:
    return (serialize((quad.triple for quad in found), format=RdfFormat.N_TRIPLES) or b"").decode()


def _text(term: object) -> str | None:
    return term.value if isinstance(term, NamedNode | Literal | BlankNode) else None if term is None else str(term)


def _triple(terms: Iterable[object]) -> tuple[str, str, str]:
    subject, predicate, object = (_text(term) or "" for term in terms)
    return subject, predicate, object


def explained(sparql: str, message: str, *, remedy: str = "mend it there, or take one of `kg query --list`") -> str:
    """One line: where the query breaks off, at which word, and what to do."""
    position = _POSITION.match(message)
    if position is None:
        return f"malformed SPARQL ({' '.join(message.split())}): {remedy}"
    line, column = int(position[1]), int(position[2])
    lines = sparql.split("\n")
    before = "\n".join([*lines[: line - 1], lines[line - 1][: column - 1] if line <= len(lines) else ""])
    rest = sparql[len(before) :].split()
    prefixes = _PREFIX.findall(before)
    if "Prefix not found" in message and prefixes:
        remedy = f"declare PREFIX {prefixes[-1]}: <...>"
    word = f"at {rest[0]!r}" if rest else "at its end"
    return f"malformed SPARQL, line {line}, column {column}, {word}: {remedy}"
