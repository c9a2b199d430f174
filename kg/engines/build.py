"""From articles to a graph on disk: reading, extraction, ledger, graph, and the files that show it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, Self, Unpack

from kg.engines.local import extract_all, rejection
from kg.engines.maker import maker_of
from kg.engines.outputs import counts, highlights, making_of, state_of, what_is_written, write_outputs
from kg.engines.report import REJECTED, REPORT, BuildReport, last_report, write_rejected
from kg.errors import ExportError, LedgerError
from kg.graph import graph_of
from kg.language.bundled import DEFAULT, check_language, check_pipeline
from kg.ledger import Ledger, Making, held
from kg.ledger.lock import LOCK_FILES
from kg.ledger.manifest import FOLDER as LEDGER
from kg.ledger.manifest import MANIFEST
from kg.model import Article, Record
from kg.rdf import Names
from kg.reading import Note, ReadingOptions, Rejected, read_any
from kg.reading.inputs import log
from kg.reading.sources import Sources

OUT = "output"
# What is done is put away by so many records, or after so many seconds: a kill loses no more than that.
RECORDS_AT_ONCE = 500
SECONDS_AT_ONCE = 5.0
WRITTEN = ("store", "graph.ttl", "graph.trig", "graph.html", REPORT, REJECTED)

Engine = Literal["local", "spark"]
Watcher = Callable[[Record | Rejected | Article], None]


def build(
    sources: Sources,
    *,
    out: str | Path = OUT,
    pipeline: str | None = None,
    knowledge_base: str | Path | None = None,
    workers: int = 1,
    engine: Engine = "local",
    master: str | None = None,
    base_iri: str | None = None,
    strict: bool = False,
    fresh: bool = False,
    views: bool = True,
    language_unchecked: bool = False,
    watch: Watcher | None = None,
    **reading: Unpack[ReadingOptions],
) -> BuildReport:
    """Read articles and write the graph of all that ``out`` holds: graph.ttl, graph.trig, graph.html and the store.

    Articles are added to those of earlier builds; one that is known already and unchanged is not worked on again, so
    a build that was cut off goes on where it was. Where nothing is new, no pipeline is loaded and nothing is written.
    What cannot be read is listed in rejected.jsonl; the rest goes on. One process changes a folder at a time; another
    is refused.

    :param sources: paths and addresses, texts in a list, rows, data frames, articles: see :func:`kg.reading.read_any`.
    :param knowledge_base: a CSV or Parquet file of names that extends the knowledge base, or another one's file.
    :param engine: ``local`` reads articles in ``workers`` processes of this machine, ``spark`` on the executors of
        ``master`` (``local[2]`` if not given); both give the same graph.
    :param strict: count a build with a rejection as failed: ``report.ok`` is false; everything is written all the same.
    :param base_iri: what the graph's own IRIs begin with; that of the folder's earlier builds if not given.
    :param fresh: forget what earlier builds wrote into ``out``.
    :param language_unchecked: take a pipeline for another language than English; its claims are not to be trusted.
    :param views: write graph.ttl, graph.trig and graph.html too, and not the ledger and the store alone.
    :param watch: called to show progress: with every record and every rejection as it comes, and with every article
        that is passed over, because it is known or came before.
    :param reading: how to read, such as ``published="2022-02-01"``: see :class:`kg.reading.ReadingOptions`.
    :raises ReadingError: if an option has a value that it cannot have, or ``sources`` hold no articles.
    :raises PipelineError: if there is no such pipeline.
    :raises EngineError: if PySpark or Java is missing, or a job on Spark fails.
    :raises LedgerError: if the ledger in ``out`` is damaged, or cannot be written to, or ``out`` is being changed.
    :raises ExportError: if the base IRI is not one, or ``out`` cannot be written to.
    """
    start = time.monotonic()
    folder = Path(out)
    notes: list[Note] = []
    reading["note"] = _both(notes.append, reading.get("note", log))
    articles = read_any(sources, **reading)
    knowledge = str(knowledge_base) if knowledge_base else None
    pipeline = pipeline or DEFAULT
    check_pipeline(pipeline)
    base = Names(base_iri).base if base_iri else None
    _make(folder)
    with held(folder, doing="kg build"):
        if fresh:
            _forget(folder)
        run = _Run.into(folder, maker=maker_of(pipeline, knowledge), pipeline=pipeline, base_iri=base, watch=watch)
        before = state_of(run.ledger, folder)
        if not language_unchecked:
            check_language(pipeline)
        to_work_on = run.to_work_on(articles)
        if engine == "spark":
            from kg.engines import spark

            done = spark.extract_all(to_work_on, pipeline=pipeline, master=master, knowledge_base=knowledge)
        else:
            done = extract_all(
                to_work_on,
                pipeline=pipeline,
                workers=workers,
                knowledge_base=knowledge,
                language_unchecked=language_unchecked,
            )
        run.add(done)
        write_rejected(folder, run.rejected)
        making = run.finished()
        state = state_of(run.ledger, folder)
        found: dict[str, Any] | None = what_is_written(folder, state, files=views)
        unchanged = found is not None
        if found is None:
            graph = graph_of(run.ledger, folder)
            store_is_of_before = before is not None and last_report(folder).get("written_for") == before
            changed = run.put_in if store_is_of_before else None
            write_outputs(graph, folder, pipeline=pipeline, base_iri=making.base_iri, changed=changed, files=views)
            found = {**counts(graph), "strongest": highlights(graph)}
        report = BuildReport(
            out=str(out),
            pipeline=pipeline,
            base_iri=making.base_iri or Names().base,
            made_by=making.made_by,
            read=run.read,
            known=run.known,
            repeated=run.repeated,
            rejected=tuple(run.rejected),
            notes=tuple(map(str, notes)),
            **found,
            written_for=state,
            unchanged=unchanged,
            strict=strict,
            seconds=round(time.monotonic() - start, 2),
        )
        report.write(folder)
    return report


def _both(first: Callable[[Note], None], second: Callable[[Note], None]) -> Callable[[Note], None]:
    """One listener that hands a note to two."""

    def say(note: Note) -> None:
        first(note)
        second(note)

    return say


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
    put_in: set[str] = field(default_factory=set[str])
    read: int = 0
    known: int = 0
    repeated: int = 0

    @classmethod
    def into(cls, folder: Path, *, maker: str, pipeline: str, base_iri: str | None, watch: Watcher | None) -> Self:
        ledger = Ledger(folder)
        before = making_of(folder)
        resumes = not ledger.article_ids() or maker == before.made_by
        # Told before the work begins, so that a build that is cut off can go on where it was, by the same IRIs.
        base_iri = base_iri or before.base_iri or Names().base
        ledger.tell(Making(base_iri=base_iri, pipeline=pipeline, made_by=maker if resumes else None))
        return cls(ledger, maker, resumes, watch)

    def finished(self) -> Making:
        """How the records are made, now that all are there: by this maker, if it made or met every one of them."""
        all_of_one = self.resumes or self.seen.keys() >= set(self.ledger.article_ids())
        making = replace(self.ledger.making or Making(), made_by=self.maker if all_of_one else None)
        self.ledger.tell(making)
        return making

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
        since = time.monotonic()
        try:
            for item in items:
                if self.watch:
                    self.watch(item)
                if isinstance(item, Rejected):
                    self.rejected.append(item)
                    continue
                self.read += 1
                waiting.append(item)
                if len(waiting) >= RECORDS_AT_ONCE or time.monotonic() - since >= SECONDS_AT_ONCE:
                    self.put_away(waiting)
                    waiting, since = [], time.monotonic()
        finally:
            self.put_away(waiting)

    def put_away(self, records: list[Record]) -> None:
        """Append records; if one of them cannot be written, it is rejected, and the others are not lost for it."""
        try:
            self.ledger.append(records)
            self.put_in.update(record.article.id for record in records)
        except LedgerError:
            raise
        except Exception as error:
            if len(records) > 1:
                for record in records:
                    self.put_away([record])
                return
            name = type(error).__name__
            refused = rejection(records[0].article, f"cannot be put into the ledger ({name}: {error})", error=name)
            self.read -= 1
            self.rejected.append(refused)
            if self.watch:
                self.watch(refused)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error) from error


def _forget(folder: Path) -> None:
    """Take away what builds wrote into a folder, and nothing else."""
    try:
        _take_away(folder / LEDGER / MANIFEST)  # first, lest it list what is gone
        for path in (folder / LEDGER).iterdir():
            if path.name not in LOCK_FILES:
                _take_away(path)
        for name in WRITTEN:
            _take_away(folder / name)
    except OSError as error:
        raise _unwritable(folder, error) from error


def _take_away(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _unwritable(folder: Path, error: OSError) -> ExportError:
    return ExportError(f"{folder} cannot be written to ({error.strerror}): name another folder with --out")
