"""What lies in the folder of a build besides the ledger, and what is done with it later: export, remove, validate."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, astuple, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from kg import ledger as ledgers
from kg import rdf, stores, views
from kg.engines.maker import shown_by
from kg.engines.report import COUNTED, Highlight, last_report, write_report
from kg.errors import ExportError, LedgerError
from kg.graph import Graph, graph_of, open_graph
from kg.graph.corrections import read_corrections
from kg.ledger import Ledger, Making, held
from kg.model import content_id
from kg.rdf.seal import flaw, seal
from kg.stores import Loaded, LoadOptions
from kg.views.property_graph import ClaimsAs
from kg.views.standing import by_strength

HIGHLIGHTS = 3
FILES = ("graph.ttl", "graph.trig", "graph.html")
SUFFIXES = {
    "turtle": "ttl", "trig": "trig", "ntriples": "nt", "nquads": "nq", "jsonld": "jsonld", "rdfxml": "rdf",
    "cypher": "cypher", "events": "events.csv",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Conformance:
    """Whether a graph keeps to the shapes, and what breaks them: a message for each violation."""

    conforms: bool
    violations: tuple[str, ...]


def making_of(folder: str | Path) -> Making:
    """How the records of a folder were made: its ledger tells, or for an older one the report of its last build.

    :raises LedgerError: if the ledger's manifest is damaged, or of a newer version.
    """
    if making := ledgers.making_of(folder):
        return making
    report = last_report(Path(folder))
    return Making(*(value if isinstance(value := report.get(name), str) else None for name in Making.__slots__))


def write_outputs(
    graph: Graph,
    folder: Path,
    *,
    pipeline: str | None,
    base_iri: str | None,
    changed: Collection[str] | None = None,
    files: bool = True,
) -> None:
    """Write graph.ttl, graph.trig, graph.html and the store into a folder.

    :param changed: the ids of the articles that differ from those that the store holds, where that is known.
    :param files: whether to write the three files; without, those of an earlier build are taken away, for they would
        show another graph than the store.
    :raises ExportError: if the folder cannot be written to.
    """
    about = rdf.About(pipeline=pipeline)
    if files:
        rdf.write(graph, folder / "graph.ttl", "turtle", base_iri=base_iri, about=about)
        rdf.write(graph, folder / "graph.trig", "trig", base_iri=base_iri, about=about)
        views.write(graph, "html", folder / "graph.html")
    else:
        for name in FILES:
            (folder / name).unlink(missing_ok=True)
    path = rdf.TripleStore.update(graph, folder, base_iri=base_iri, about=about, changed=changed)
    seal(path, beside=_views(folder))


def state_of(ledger: Ledger, folder: Path) -> str | None:
    """A hash of all that a folder's files depend on: articles, what read them, corrections by hand, what shows them.

    None if that is not known: of a ledger that several makers made, nobody knows what made which record.
    """
    making = ledger.making
    if making is None or making.made_by is None:
        return None
    made = (making.made_by, making.pipeline or "", making.base_iri or "")
    by_hand = (value for correction in read_corrections(folder) for value in astuple(correction))
    return content_id("state", ledger.fingerprint(), *made, *by_hand, shown_by())


def what_is_written(folder: Path, state: str | None, *, files: bool) -> dict[str, Any] | None:
    """What the graph of a folder holds, as its report tells, if its store and files were written for this state.

    :param files: whether the three files are wanted beside the store.
    """
    there = (folder / rdf.FOLDER).is_dir() and (not files or all((folder / name).is_file() for name in FILES))
    last = last_report(folder)
    if not there or state is None or last.get("written_for") != state:
        return None
    if flaw(folder / rdf.FOLDER, beside=_views(folder)):
        return None
    try:
        strongest = tuple(Highlight(**row) for row in last["strongest"])
        return {name: last[name] for name in COUNTED} | {"strongest": strongest}
    except (KeyError, TypeError):
        return None  # the report is damaged: what it told can be had anew


def _views(folder: Path) -> list[Path]:
    return [path for name in FILES if (path := folder / name).is_file()]


def rewrite(graph: Graph, folder: Path, making: Making) -> None:
    """Write the files of a folder anew for a graph, and what it holds now into its report.

    :raises ExportError: if the folder cannot be written to.
    """
    write_outputs(graph, folder, pipeline=making.pipeline, base_iri=making.base_iri)
    found: dict[str, Any] = {"strongest": [asdict(found) for found in highlights(graph)], "written_for": None}
    write_report(folder, last_report(folder) | asdict(making) | counts(graph) | found)


def counts(graph: Graph) -> dict[str, int]:
    """How much a graph holds, of each kind of thing."""
    return {
        "articles": len(graph.articles),
        "entities": len(graph.entities),
        "claims": len(graph.claims),
        "statements": len(graph.statements),
        "asserted": sum(statement.asserted for statement in graph.statements),
        "disputed": len(graph.disputed()),
        "events": len(graph.events),
    }


def highlights(graph: Graph) -> tuple[Highlight, ...]:
    """The strongest asserted statements of a graph, each with the best sentence that it stands on."""
    asserted = (statement for statement in by_strength(graph) if statement.asserted)
    return tuple(
        Highlight(
            subject=graph.name(statement.subject),
            relation=graph.label(statement),
            object=graph.name(statement.object),
            sentence=graph.sentence(graph.claims_of(statement)[0]),
        )
        for statement in islice(asserted, HIGHLIGHTS)
    )


def formats() -> tuple[str, ...]:
    """The formats that :func:`export` writes, those of packages that add one included."""
    return tuple(sorted({*rdf.FORMATS, *views.formats()}))


def export(
    format: str,
    *,
    folder: str | Path = "output",
    to: str | Path | None = None,
    rdf12: bool = False,
    title: str | None = None,
    plain: bool = False,
    layout: str | None = None,
) -> Path:
    """Write the graph of a folder in another format, and return the path of the file.

    :param to: the file; ``graph.<suffix>`` in the folder if not given. Events become Parquet in a ".parquet" file.
    :param rdf12: whether claims name the triples that they reify, as RDF 1.2 has it.
    :param title: what the page is called, instead of what its articles have in common.
    :param plain: whether the page is pyvis's own.
    :param layout: the columns of the table of events: those of "polecat", "gdelt" or "icews".
    :raises LedgerError: if the folder holds no graph.
    :raises ExportError: if the format is unknown or has no RDF 1.2, title or plain form, or the file cannot be written.
    """
    if format not in formats():
        raise ExportError(f"unknown format {format!r}: take one of {', '.join(formats())}")
    if rdf12:
        rdf.check_format(format, rdf12=True)
    if format != "html" and (title or plain):
        raise ExportError(f"only html has a title and a plain form, not {format}: leave --title and --plain out")
    if format != "events" and layout:
        raise ExportError(f"only events have a layout, not {format}: leave --layout out")
    graph = open_graph(folder)
    suffix = f"{layout}.tsv" if layout else SUFFIXES.get(format, format)
    target = Path(to) if to else Path(folder) / f"graph.{suffix}"
    if format not in rdf.FORMATS:
        page: dict[str, Any] = {"title": title, "plain": plain} if format == "html" else {}
        if layout:
            page["layout"] = layout
        return views.write(graph, format, target, **page)
    making = making_of(folder)
    about = rdf.About(pipeline=making.pipeline)
    return rdf.write(graph, target, format, base_iri=making.base_iri, about=about, rdf12=rdf12)


def load(
    target: str,
    where: str,
    *,
    folder: str | Path = "output",
    update: bool = False,
    merged: str | None = None,
    claims: ClaimsAs = "nodes",
    database: str | None = None,
    fresh: bool = False,
) -> Loaded:
    """Load the graph of a folder into another store, by the base IRI with which it was built.

    :param target: the kind of store: sparql, neo4j, ladybug, or one that another package adds.
    :param where: its address, or path. See :class:`kg.stores.LoadOptions` for the other words.
    :raises LedgerError: if the folder holds no graph.
    :raises StoreError: if the store cannot be reached, refuses, or breaks off.
    """
    making = making_of(folder)
    options = LoadOptions(
        base_iri=making.base_iri,
        about=rdf.About(pipeline=making.pipeline),
        update=update,
        merged=merged,
        claims=claims,
        database=database,
    )
    return stores.load(open_graph(folder), target, where, options=options, folder=folder, fresh=fresh)


def remove(article: str, *, folder: str | Path = "output") -> None:
    """Take an article, and all that was read out of it, out of a folder's ledger, and write its files anew.

    :raises LedgerError: if the folder holds no graph, or no article of that id, or is being changed.
    """
    Ledger(folder, create=False)
    with held(folder, doing="kg remove"):
        ledger = Ledger(folder, create=False)
        if not ledger.remove(article):
            raise LedgerError(f"{folder} holds no article {article!r}: `kg query --name articles` lists their ids")
        rewrite(graph_of(ledger, folder), Path(folder), making_of(folder))


def validate(folder: str | Path = "output") -> Conformance:
    """Check a folder's graph.ttl against the SHACL shapes that come with ``kg``.

    :raises LedgerError: if the folder holds no graph.ttl.
    :raises ExportError: if pySHACL is not installed, or graph.ttl is damaged.
    """
    path = Path(folder) / "graph.ttl"
    if not path.is_file():
        raise LedgerError(f"{folder} holds no graph.ttl: run `kg build` with --out {folder} first")
    found = rdf.violations(path, base_iri=making_of(folder).base_iri)
    return Conformance(not found, found)
