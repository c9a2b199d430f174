"""From articles to a graph on disk: reading, extraction, ledger, graph, and the files that show it."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Self

from kg.engines.local import extract_all, loaded
from kg.engines.maker import maker_of
from kg.engines.outputs import counts, highlights, write_outputs
from kg.engines.report import REPORT, BuildReport, last_report, write_report, write_text
from kg.errors import ExportError
from kg.graph import Graph
from kg.language.pipeline import DEFAULT
from kg.ledger import Ledger
from kg.model import Article, Record
from kg.rdf import Names
from kg.reading import Rejected, read

OUT = "output"
REJECTED = "rejected.jsonl"
RECORDS_AT_ONCE = 500
WRITTEN = ("ledger", "store", "graph.ttl", "graph.trig", "graph.html", REPORT, REJECTED)

Watcher = Callable[[Record | Rejected | Article], None]


def build(
    paths: Iterable[str | Path],
    *,
    out: str | Path = OUT,
    published: str | None = None,
    pipeline: str | None = None,
    knowledge_base: str | Path | None = None,
    workers: int = 1,
    base_iri: str | None = None,
    strict: bool = False,
    fresh: bool = False,
    watch: Watcher | None = None,
) -> BuildReport:
    """Read articles and write the graph of all that ``out`` holds: graph.ttl, graph.trig, graph.html and the store.

    Articles are added to those of earlier builds; one that is known already and unchanged is not worked on again, so
    a build that was cut off goes on where it was. What cannot be read is listed in rejected.jsonl; the rest goes on.

    :param published: the ISO 8601 date of articles that carry none.
    :param knowledge_base: a CSV or Parquet file of names that extends the knowledge base, or another one's file.
    :param strict: count a build with a rejection as failed: ``report.ok`` is false; everything is written all the same.
    :param fresh: forget what earlier builds wrote into ``out``.
    :param watch: called to show progress: with every record and every rejection as it comes, and with every article
        that is passed over, because it is known or came before.
    :raises ReadingError: if ``published`` is no date.
    :raises PipelineError: if there is no such pipeline.
    :raises LedgerError: if the ledger in ``out`` is damaged, or cannot be written to.
    :raises ExportError: if the base IRI is not one, or ``out`` cannot be written to.
    """
    start = time.monotonic()
    folder = Path(out)
    articles = read(paths, published=published)
    knowledge = str(knowledge_base) if knowledge_base else None
    pipeline = pipeline or DEFAULT
    loaded(pipeline, knowledge)
    base = Names(base_iri).base
    _prepare(folder, fresh=fresh)
    run = _Run.into(folder, maker=maker_of(pipeline, knowledge), watch=watch)
    run.add(extract_all(run.to_work_on(articles), pipeline=pipeline, workers=workers, knowledge_base=knowledge))
    _write_rejected(folder, run.rejected)
    graph = Graph.from_records(run.ledger.records())
    write_outputs(graph, folder, pipeline=pipeline, base_iri=base)
    report = BuildReport(
        out=str(out),
        pipeline=pipeline,
        base_iri=base,
        made_by=run.maker if run.resumes or run.seen.keys() >= graph.articles.keys() else None,
        read=run.read,
        known=run.known,
        repeated=run.repeated,
        rejected=tuple(run.rejected),
        **counts(graph),
        strongest=highlights(graph),
        strict=strict,
        seconds=round(time.monotonic() - start, 2),
    )
    report.write(folder)
    return report


@dataclass(slots=True)
class _Run:
    """The bookkeeping of one build: which articles it met, by id and content hash, and what became of them.

    It ``resumes`` when the ledger is empty or was made just as this run makes it: then known articles are passed over.
    """

    ledger: Ledger
    maker: str
    resumes: bool
    watch: Watcher | None
    seen: dict[str, str] = field(default_factory=dict[str, str])
    rejected: list[Rejected] = field(default_factory=list[Rejected])
    read: int = 0
    known: int = 0
    repeated: int = 0

    @classmethod
    def into(cls, folder: Path, *, maker: str, watch: Watcher | None) -> Self:
        ledger = Ledger(folder)
        resumes = not ledger.article_ids() or maker == last_report(folder).get("made_by")
        # Told before the work begins, so that a build that is cut off can go on where it was.
        write_report(folder, {"made_by": maker if resumes else None})
        return cls(ledger, maker, resumes, watch)

    def to_work_on(self, items: Iterable[Article | Rejected]) -> Iterator[Article | Rejected]:
        """The articles that still need work, and the rejections; repetitions and known articles are counted."""
        for item in items:
            if isinstance(item, Rejected):
                yield item
            elif item.id not in self.seen:
                self.seen[item.id] = item.content_hash
                if self.resumes and self.ledger.knows(item):
                    self.known += 1
                    self.passed_over(item)
                else:
                    yield item
            elif self.seen[item.id] == item.content_hash:
                self.repeated += 1
                self.passed_over(item)
            else:
                yield Rejected(item.id, "is the id of two articles with different texts", "give each an id of its own")

    def passed_over(self, article: Article) -> None:
        if self.watch:
            self.watch(article)

    def add(self, items: Iterable[Record | Rejected]) -> None:
        """Put records into the ledger, many at a time; what was done is kept even if the run is cut off."""
        waiting: list[Record] = []
        try:
            for item in items:
                if self.watch:
                    self.watch(item)
                if isinstance(item, Rejected):
                    self.rejected.append(item)
                    continue
                self.read += 1
                waiting.append(item)
                if len(waiting) >= RECORDS_AT_ONCE:
                    self.ledger.append(waiting)
                    waiting = []
        finally:
            self.ledger.append(waiting)


def _prepare(folder: Path, *, fresh: bool) -> None:
    """Make the folder, and under ``fresh`` take away what builds wrote there, and nothing else."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in WRITTEN if fresh else ():
            path = folder / name
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
    except OSError as error:
        raise ExportError(
            f"{folder} cannot be written to ({error.strerror}): name another folder with --out"
        ) from error


def _write_rejected(folder: Path, rejected: list[Rejected]) -> None:
    lines = (json.dumps(asdict(item), ensure_ascii=False) + "\n" for item in rejected)
    write_text(folder / REJECTED, "".join(lines))
