"""Graphs that `kg` built elsewhere, merged into the ledger of a folder."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.engines.outputs import making_of, rewrite
from kg.errors import ExportError
from kg.graph import graph_of
from kg.ledger import Ledger, Making, held
from kg.rdf import Restored, restore


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import brought: how many articles, how many of them in place of one of the same id, and their claims.

    ``left_out`` counts the triples of the files that no record holds, such as those that somebody added to them.
    """

    articles: int
    replaced: int
    claims: int
    left_out: int


def import_graphs(files: Iterable[str | Path], *, out: str | Path = "output") -> Imported:
    """Merge graphs, each the TriG or N-Quads that another build wrote, into the ledger of a folder; write its files.

    An article that the folder holds already, or that two files hold, is the one that was given last. The ledger is
    written to only when all files were read. What RDF does not carry of a record, :mod:`kg.rdf.restore` tells.

    :raises GraphFileError: if a file holds no graph of ``kg``, or is damaged; then nothing is written.
    :raises LedgerError: if the ledger in ``out`` is damaged, cannot be written to, or is being changed.
    :raises ExportError: if ``out`` cannot be written to.
    """
    folder = Path(out)
    found = [restore(path) for path in files]
    records = {record.article.id: record for restored in found for record in restored.records}
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(f"{folder} cannot be written to ({error.strerror}): name another with --out") from error
    with held(folder, doing="kg import"):
        ledger = Ledger(folder)
        replaced = len(records.keys() & set(ledger.article_ids()))
        making = _making(making_of(folder), found)
        ledger.tell(making)
        ledger.append(records.values())
        rewrite(graph_of(ledger, folder), folder, making)
    claims = sum(len(record.claims) for record in records.values())
    return Imported(len(records), replaced, claims, sum(restored.left_out for restored in found))


def _making(before: Making, found: list[Restored]) -> Making:
    """How the folder's records are made now: as its last build told, else as the first file does.

    No pipeline of this machine made the records that were imported, so that none may pass over their articles.
    """
    described = found[0] if found else None
    pipeline = before.pipeline or (described and described.about.pipeline)
    base_iri = before.base_iri or (described and described.base_iri)
    return Making(base_iri=base_iri, pipeline=pipeline, made_by=None)
