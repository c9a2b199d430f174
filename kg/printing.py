"""How the commands print: data on standard output, messages on standard error, tables that fit their reader."""

from __future__ import annotations

import json
import sys
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from textwrap import fill, shorten
from time import monotonic
from typing import TYPE_CHECKING, Any, Self, TextIO, Unpack

from kg.errors import QueryError
from kg.escaping import for_terminal, write_csv
from kg.model import Article, Entity, Record, Statement
from kg.reading import Note, ReadingOptions, Rejected, read

if TYPE_CHECKING:
    from kg.actors.knowledge_base import KnowledgeBase
    from kg.engines.build import Watcher
    from kg.engines.outputs import Conformance
    from kg.engines.report import BuildReport
    from kg.graph import Graph
    from kg.rdf import Answer, ReadyQuery

WIDTH_OF_A_PIPE = 160
COLUMNS_OF_SHOW = (
    "date", "subject", "relation", "object", "standing", "inferred", "sources", "claims", "sentence",
)  # fmt: skip
COLUMNS_OF_WHY = ("entity", "mention", "type", "reason", "score", "article", "start")
COLUMNS_OF_DIFF = ("change", "kind", "id", "name", "fields")
COLUMNS_OF_SEARCH = ("score", "id", "label", "kind", "alias", "country", "source")
NO_DATE = "undated".ljust(len("2022-02-01"))
INDENT = " " * (len(NO_DATE) + 2)
LINE = 120
WIDE = frozenset({"sentence"})
SUMMARY = (
    "read",
    "known",
    "repeated",
    "rejected",
    "articles",
    "entities",
    "claims",
    "statements",
    "asserted",
    "events",
)
OUTPUTS = {
    "graph.html": "the page: open it in a browser",
    "graph.ttl": "all of the graph as Turtle",
    "graph.trig": "the same with a named graph for each article",
    "store": "the SPARQL store that kg query asks",
    "ledger": "the record of articles and claims",
}
TITLE = 40

Row = Mapping[str, Any]


class ClaimsAs(StrEnum):
    """What claims become in a property graph."""

    NODES = "nodes"
    RELATIONSHIPS = "relationships"


class DayOrMonth(StrEnum):
    """What comes first in a date of figures."""

    DMY = "dmy"
    MDY = "mdy"


class Format(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def say(message: object) -> None:
    """One line on standard error."""
    _print(f"kg: {' '.join(str(message).split())}", to=sys.stderr)


def _print(text: str, *, to: TextIO | None = None, end: str = "\n") -> None:
    """Lines for a reader, which hold no command for the terminal."""
    print(for_terminal(text), file=to or sys.stdout, end=end)


def say_note(note: Note) -> None:
    """What was guessed or lost in reading, on standard error."""
    say(f"note: {note}")


def print_json(value: Any) -> None:
    """A value as indented JSON on standard output."""
    print(json.dumps(value, indent=2, ensure_ascii=False))


def print_rows(rows: Iterable[Row], columns: Sequence[str], format: Format, *, title: str | None = None) -> None:
    """Rows on standard output; JSON gives a list of objects, CSV a header and a line for each."""
    if format is Format.JSON:
        print_json(list(rows))
    elif format is Format.CSV:
        write_csv(sys.stdout, columns, ([_csv_cell(row.get(column)) for column in columns] for row in rows))
    else:
        print_table(rows, columns, title=title)


def print_table(
    rows: Iterable[Row], columns: Sequence[str], *, title: str | None = None, to: TextIO | None = None
) -> None:
    """Rows as a table; long sentences are folded, so that nothing is cut off."""
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    stream = to or sys.stdout
    table = Table(title=title, box=SIMPLE, title_justify="left")
    for column in columns:
        table.add_column(column, overflow="fold", ratio=3 if column in WIDE else None)
    for row in rows:
        table.add_row(*(Text(for_terminal(_cell(row.get(column)))) for column in columns))
    Console(file=stream, width=None if stream.isatty() else WIDTH_OF_A_PIPE).print(table)


def _csv_cell(value: Any) -> Any:
    """A number stays one: no spreadsheet takes it for a formula."""
    return value if isinstance(value, int) and not isinstance(value, bool) else _cell(value)


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return "" if value is None else str(value)


@contextmanager
def progress(paths: Sequence[str], *, quiet: bool, **reading: Unpack[ReadingOptions]) -> Generator[Watcher]:
    """A bar on standard error that tells articles, words a second and the time left; rejections are said above it.

    Rejections are said even when quiet. The bar is drawn in terminals only, which read the articles once more for it.
    """
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[speed]}"))
    console = Console(stderr=True)
    disable = quiet or not console.is_terminal
    with Progress(*columns, TimeRemainingColumn(), console=console, transient=True, disable=disable) as bar:
        total = Workload() if disable else Workload.of(paths, **reading)
        task = bar.add_task("reading articles", total=total.words or None, speed="")
        done = Workload()
        start = monotonic()

        def watch(item: Record | Rejected | Article) -> None:
            if isinstance(item, Rejected):
                say(item)
                return
            article = item.article if isinstance(item, Record) else item
            done.add(article)
            speed = f"{done.words / max(monotonic() - start, 0.001):,.0f} words/s"
            of_all = f" of {total.articles}" if total.articles else ""
            title = shorten(for_terminal(article.title or article.id), TITLE, placeholder="…")
            text = f"{done.articles}{of_all} articles: {escape(title)}"
            bar.update(task, completed=done.words, description=text, speed=speed)

        yield watch


@dataclass
class Workload:
    """How many articles and words there are to read."""

    articles: int = 0
    words: int = 0

    @classmethod
    def of(cls, paths: Sequence[str], **reading: Unpack[ReadingOptions]) -> Self:
        """What the files hold; nothing is known of standard input and addresses, which are to be read only once."""
        found = cls()
        once = any(path == "-" or "://" in path for path in paths)
        for item in () if once else read(paths, **{**reading, "note": lambda note: None}):
            if not isinstance(item, Rejected):
                found.add(item)
        return found

    def add(self, article: Article) -> None:
        """Count an article."""
        self.articles += 1
        self.words += len(article.text.split())


def print_report(report: BuildReport, *, json: bool, quiet: bool) -> None:
    """What a build did: JSON on standard output, else a summary on standard error."""
    values = report.to_dict()
    if json:
        print_json(values)
    elif not quiet:
        rows = [{"what": name, "count": values[name]} for name in SUMMARY]
        print_table(rows, ("what", "count"), to=sys.stderr)
        for strong in report.strongest:
            _print(f"{strong.subject} {strong.relation} {strong.object}", to=sys.stderr)
            _print(fill(strong.sentence, width=LINE, initial_indent="    ", subsequent_indent="    "), to=sys.stderr)
        say(
            f"nothing new in {report.seconds:.1f} s; there is:"
            if report.unchanged
            else f"wrote in {report.seconds:.1f} s:"
        )
        for name, meaning in OUTPUTS.items():
            if (path := Path(report.out) / name).exists():  # without views, there are fewer
                print(f"    {path}  {meaning}", file=sys.stderr)
    if not report.read and not report.known:
        say("nothing could be read: give a file or folder of articles")


def print_actor(graph: Graph, name: str, format: Format) -> None:
    """What an actor did and what was done to it, by date: a line for each statement, with its best sentence.

    :raises QueryError: if the graph knows none of that name.
    """
    entity = next(iter(graph.find(name)), None)
    if entity is None:
        raise QueryError(f"the graph knows no {name!r}: `kg query --name actors` lists whom it knows")
    rows = [_statement_row(graph, statement) for statement in graph.about(name)]
    if format is not Format.TABLE:
        print_rows(rows, COLUMNS_OF_SHOW, format)
        return
    _print(f"{entity.name} ({entity.kind}{f', {entity.wikidata}' if entity.wikidata else ''})")
    for row in rows:
        remarks = [row["standing"], *(["inferred"] if row["inferred"] else []), *filter(None, [row["sources"]])]
        notes = f"  [{', '.join(remarks)}]" if remarks != ["asserted"] else ""
        _print(f"\n{row['date'] or NO_DATE}  {row['subject']} {row['relation']} {row['object']}{notes}")
        _print(fill(row["sentence"], width=LINE, initial_indent=INDENT, subsequent_indent=INDENT))


def print_diff(old: Graph, new: Graph, format: Format) -> None:
    """What changes from one graph to another: a line for each statement and entity, with the fields that differ."""
    found = old.diff(new)
    rows: list[Row] = []
    for kind, differences in (("statement", found.statements), ("entity", found.entities)):
        for change, graph, things in (("new", new, differences.new), ("gone", old, differences.gone)):
            rows += [{"change": change, "kind": kind, "id": one.id, "name": _name(graph, one)} for one in things]
        rows += [
            {"change": "changed", "kind": kind, "id": both.now.id, "name": _name(new, both.now),
             "fields": ", ".join(both.fields)}
            for both in differences.changed
        ]  # fmt: skip
    print_rows(rows, COLUMNS_OF_DIFF, format)


def _name(graph: Graph, thing: Statement | Entity) -> str:
    if isinstance(thing, Entity):
        return thing.name
    return f"{graph.name(thing.subject)} {graph.label(thing)} {graph.name(thing.object)}"


def print_merges(graph: Graph, name: str, format: Format) -> None:
    """Which mentions were taken for an actor, in which article, for which reason, with which score.

    :raises QueryError: if the graph knows none of that name.
    """
    entity = next(iter(graph.find(name)), None)
    if entity is None:
        raise QueryError(f"the graph knows no {name!r}: `kg query --name actors` lists whom it knows")
    rows = [
        {"entity": entity.name, "mention": m.text, "type": m.type, "reason": m.reason, "score": m.score,
         "article": m.article, "start": m.span.start}
        for m in graph.mentions if m.entity == entity.id
    ]  # fmt: skip
    print_rows(rows, COLUMNS_OF_WHY, format)


def print_candidates(knowledge: KnowledgeBase, name: str, format: Format) -> None:
    """Whom a name may mean, best first.

    :raises QueryError: if the knowledge base knows none of that name.
    """
    found = knowledge.lookup(name) or knowledge.surname(name)
    if not found:
        raise QueryError(f"the knowledge base knows no {name!r}: give a file that names it with --kb")
    rows = [
        {"score": c.score, "id": c.entity.id, "label": c.entity.label, "kind": c.entity.kind, "alias": c.alias_type,
         "country": c.entity.country, "source": c.entity.source}
        for c in found
    ]  # fmt: skip
    print_rows(rows, COLUMNS_OF_SEARCH, format)


def _statement_row(graph: Graph, statement: Statement) -> Row:
    from kg.views.standing import best_standing

    return {
        "date": statement.first,
        "subject": graph.name(statement.subject),
        "relation": graph.label(statement),
        "object": graph.name(statement.object),
        "standing": best_standing(statement, graph.claims),
        "inferred": statement.inferred,
        "sources": ", ".join(map(graph.name, statement.sources)),
        "claims": len(statement.claims),
        "sentence": graph.sentence(graph.claims_of(statement)[0]),
    }


def print_ready_queries(queries: Iterable[ReadyQuery], format: Format) -> None:
    """The ready queries: name, what they answer, and their parameters."""
    rows = [
        {"name": query.name, "answers": query.title, "parameters": ", ".join(p.name for p in query.parameters)}
        for query in queries
    ]
    print_rows(rows, ("name", "answers", "parameters"), format)


def print_answer(answer: Answer, format: Format) -> None:
    """What a query found: rows, the triples of a CONSTRUCT, or the yes or no of an ASK."""
    if answer.boolean is not None:
        print("true" if answer.boolean else "false")
    elif answer.triples:
        columns = ("subject", "predicate", "object")
        print_rows([dict(zip(columns, triple, strict=True)) for triple in answer.triples], columns, format)
    else:
        print_rows(answer.dicts(), answer.variables, format)


def print_facts(facts: Mapping[str, Any], *, json: bool) -> None:
    """Named values, JSON or a table; values inside values have dotted names."""
    if json:
        print_json(facts)
    else:
        print_table([{"what": name, "value": value} for name, value in _flat(facts)], ("what", "value"))


def _flat(facts: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in facts.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name}.")
        elif isinstance(value, list | tuple):
            yield f"{prefix}{name}", ", ".join(map(str, value))
        else:
            yield f"{prefix}{name}", f"{value:.4g}" if isinstance(value, float) else _cell(value) or "none"


def print_conformance(conformance: Conformance, *, json: bool) -> None:
    """Whether a graph keeps to its shapes: JSON on standard output, else what breaks them, one a line."""
    if json:
        print_json({"conforms": conformance.conforms, "violations": list(conformance.violations)})
        return
    for violation in conformance.violations:
        say(violation)
    say("the graph conforms to the shapes" if conformance.conforms else "the graph breaks the shapes")
