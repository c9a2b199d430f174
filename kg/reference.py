"""Pages of the reference, made from the program itself: `python -m kg.reference docs/reference` writes them anew."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from typer.main import get_command

from kg.cli import app

GENERATED = "This page is generated (`python -m kg.reference docs/reference`), and a test compares it with the program."

INTRODUCTIONS = {
    "commands.md": """# Commands

{generated}

Data go to standard output, messages to standard error; `-` is standard input. The exit status is 0 when the work is
done, 1 when something was rejected under `--strict`, nothing could be read, or a check failed, and 2 when the usage was
wrong.""",
    "queries.md": """# Ready queries

{generated}

`kg query --name NAME --param KEY=VALUE` asks one. Each is a file of SPARQL in `kg/rdf/queries` that runs in any store;
a parameter is a variable of its first line of `VALUES`.""",
    "ontology.md": """# Ontology

{generated}

The file itself is `kg/rdf/ontology.ttl` (OWL; it opens in Protégé), its SHACL shapes are `kg/rdf/shapes.ttl`. `kg:`
stands for `https://w3id.org/geokg/ontology#`.""",
    "ledger.md": """# Ledger

{generated}

`ledger/` in a graph's folder is the record that all views are made of: Parquet tables, a folder each, whose parts
`ledger.json` lists. pandas, Polars, DuckDB and R read them. Offsets are half-open and count characters of
`articles.text`.""",
}


def commands() -> dict[str, Any]:
    """The commands of ``kg`` by name, in the order of its help.

    >>> list(commands())[:3]
    ['build', 'extract', 'import']
    """
    found: dict[str, Any] = {}
    for name, command in getattr(get_command(app), "commands", {}).items():
        below = getattr(command, "commands", None)
        found |= {f"{name} {inner}": each for inner, each in below.items()} if below else {name: command}
    return found


def pages() -> dict[str, str]:
    """The generated pages of docs/reference, by the names of their files.

    >>> sorted(pages())
    ['commands.md', 'ledger.md', 'ontology.md', 'queries.md']
    """
    makers: dict[str, Callable[[], Iterator[str]]] = {
        "commands.md": _commands, "ledger.md": _tables, "ontology.md": _terms, "queries.md": _queries,
    }  # fmt: skip
    return {name: _page(name, sections()) for name, sections in makers.items()}


def _page(name: str, sections: Iterable[str]) -> str:
    return "\n\n".join((INTRODUCTIONS[name].format(generated=GENERATED), *sections)) + "\n"


def _commands() -> Iterator[str]:
    return (_section(name, command) for name, command in commands().items())


def _queries() -> Iterator[str]:
    from kg.rdf import ready_queries

    for query in ready_queries():
        rows = [(f"`{p.name}`", p.meaning, f"`{p.default}`" if p.default else "any") for p in query.parameters]
        table = f"\n\n{_table(('parameter', 'meaning', 'default'), rows)}" if rows else ""
        yield f"## `{query.name}`\n\n**{query.title}.** {query.description}{table}"


def _terms() -> Iterator[str]:
    from rdflib import OWL, RDF, RDFS, Graph, URIRef

    from kg.rdf import ontology

    graph = Graph().parse(data=ontology(), format="turtle")
    kinds = (("Classes", OWL.Class), ("Links", OWL.ObjectProperty), ("Values", OWL.DatatypeProperty))
    for title, kind in kinds:
        own = sorted(t for t in graph.subjects(RDF.type, kind) if isinstance(t, URIRef) and "geokg/ontology#" in t)
        meanings = {term: graph.value(term, RDFS.comment) or graph.value(term, RDFS.label) for term in own}
        rows = [(f"`kg:{term.rpartition('#')[2]}`", str(meaning)) for term, meaning in meanings.items()]
        yield f"## {title}\n\n{_table(('term', 'meaning'), rows)}"


def _tables() -> Iterator[str]:
    from kg.ledger import TABLES

    for name, schema in TABLES.items():
        rows = [(f"`{field.name}`", f"`{field.type}`") for field in schema]
        yield f"## `{name}`\n\n{_table(('column', 'type'), rows)}"


def _table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    titles = list(columns)
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |" for line in lines)


def _section(name: str, command: Any) -> str:
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option"]
    usage = " ".join(["kg", name, *(_usage_of(argument) for argument in arguments), "[OPTIONS]"])
    lines = [f"| `{_name_of(p)}` | {p.help}{_default_of(p)} |" for p in (*arguments, *options)]
    table = "\n".join(["| word | meaning |", "|---|---|", *lines])
    example = (command.epilog or "").removeprefix("Example: ")
    return f"## `{usage}`\n\n{inspect.cleandoc(command.help or '')}\n\n{table}\n\nExample: `{example}`"


def _usage_of(argument: Any) -> str:
    many = "..." if argument.nargs == -1 else ""
    return f"{argument.metavar}{many}" if argument.required else f"[{argument.metavar}{many}]"


def _name_of(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return parameter.metavar
    names = ", ".join(name for name in (*parameter.opts, *parameter.secondary_opts) if name.strip())
    return names if parameter.is_flag else f"{names} {parameter.metavar}"


def _default_of(parameter: Any) -> str:
    value = parameter.default
    if parameter.required or value is None or isinstance(value, bool | list | tuple):
        return ""
    return f" Default: {getattr(value, 'value', value)}."


if __name__ == "__main__":
    for name, page in pages().items():
        (Path(sys.argv[1]) / name).write_text(page, encoding="utf-8")
