"""The command ``kg``: each command parses its words, calls one public function, and prints what it gives."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from typer.core import TyperGroup

import kg
from kg import listing, printing
from kg.errors import KgError
from kg.listing import ClaimFormat
from kg.printing import ClaimsAs, DayOrMonth, Format
from kg.reading import ReadingOptions

DONE, FAILED, WRONG_USAGE = 0, 1, 2


class Commands(TyperGroup):
    """The commands of ``kg``; an error that a user can mend is one line on standard error, never a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was named; the class of its context differs between releases of Typer."""
        try:
            return super().invoke(ctx)
        except KgError as error:
            printing.say(error)
            raise typer.Exit(WRONG_USAGE) from None


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Paths = Annotated[list[str], typer.Argument(metavar="PATH", help="Files, folders, or - for standard input.")]
Published = Annotated[str | None, typer.Option(metavar="DATE", help="ISO 8601 date of articles that carry none.")]
Encoding = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Encoding of text files, such as cp1252; else as declared, or guessed."),
]
Column = Annotated[
    list[str] | None,
    typer.Option(metavar="FIELD=COLUMN", help="The column of a table that holds a field: text=body, published=date."),
]
DateOrder = Annotated[
    DayOrMonth | None, typer.Option(metavar="ORDER", help="dmy or mdy, for dates such as 05/03/2024.")
]
Fetch = Annotated[bool, typer.Option("--fetch", help="Allow web addresses among the paths, and ask them.")]
Private = Annotated[bool, typer.Option("--private", help="Allow addresses of this machine and its network, too.")]
Unchecked = Annotated[
    bool, typer.Option("--language-unchecked", help="Take a pipeline that is not English; do not trust its claims.")
]
Pipeline = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="small, accurate, an installed spaCy pipeline, or the folder of one."),
]
KnowledgeFile = Annotated[
    Path | None,
    typer.Option("--kb", metavar="FILE", help="CSV or Parquet of names to add to the knowledge base, or another one."),
]
Workers = Annotated[int, typer.Option(metavar="N", min=1, help="How many processes read articles.")]
Folder = Annotated[Path, typer.Option("--graph", metavar="DIR", help="The folder that kg build wrote.")]
Strict = Annotated[bool, typer.Option("--strict", help="Exit with status 1 if anything was rejected.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print no progress and no summary.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")]
OUTPUT = Path("output")


def _names_of_queries(incomplete: str) -> list[str]:
    """What a shell offers after ``--name``."""
    from kg.rdf import ready_queries

    return [query.name for query in ready_queries() if query.name.startswith(incomplete)]


def _names_of_formats(incomplete: str) -> list[str]:
    """What a shell offers after ``kg export``."""
    from kg.engines.outputs import formats

    return [name for name in formats() if name.startswith(incomplete)]


@app.callback(invoke_without_command=True)
def about(version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False) -> None:
    """Read news and policy articles into a knowledge graph of geopolitical events, each edge with its sentence."""
    if version:
        from kg.version import VERSION

        print(f"kg {VERSION}")
        raise typer.Exit(DONE)


@app.command(epilog="Example: kg build seeds/ --published 2022-02-01")
def build(
    paths: Paths,
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder to write to.")] = OUTPUT,
    published: Published = None,
    encoding: Encoding = None,
    column: Column = None,
    date_order: DateOrder = None,
    fetch: Fetch = False,
    private: Private = False,
    pipeline: Pipeline = None,
    kb: KnowledgeFile = None,
    workers: Workers = 1,
    engine: Annotated[
        Literal["local", "spark"], typer.Option(metavar="NAME", help="local, or spark (extra spark, and Java).")
    ] = "local",
    master: Annotated[str | None, typer.Option(metavar="URL", help="Spark's master, by default local[2].")] = None,
    base_iri: Annotated[str | None, typer.Option(metavar="IRI", help="What the graph's own IRIs begin with.")] = None,
    strict: Strict = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Forget what earlier builds wrote to the folder.")] = False,
    unchecked: Unchecked = False,
    views: Annotated[
        bool, typer.Option(" /--no-views", help="Write ledger and store alone; kg export writes the rest.")
    ] = True,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Read articles and write their graph: ledger, Turtle, TriG, an interactive page and a SPARQL store.

    Articles are added to those of earlier builds. What cannot be read is listed in rejected.jsonl; the rest goes on.
    """
    reading = _reading(published, encoding, column, date_order, fetch=fetch, private=private, quiet=quiet)
    with printing.progress(paths, quiet=quiet, **reading) as watch:
        report = kg.build(
            [Path(path) if "://" not in path else path for path in paths],
            out=out,
            pipeline=pipeline,
            knowledge_base=kb,
            workers=workers,
            engine=engine,
            master=master,
            base_iri=base_iri,
            strict=strict,
            fresh=fresh,
            views=views,
            language_unchecked=unchecked,
            watch=watch,
            **reading,
        )
    printing.print_report(report, json=json, quiet=quiet)
    raise typer.Exit(DONE if report.ok else FAILED)


@app.command(epilog="Example: kg extract seeds/ --format table")
def extract(
    paths: Paths,
    published: Published = None,
    encoding: Encoding = None,
    column: Column = None,
    date_order: DateOrder = None,
    fetch: Fetch = False,
    private: Private = False,
    pipeline: Pipeline = None,
    kb: KnowledgeFile = None,
    workers: Workers = 1,
    open: Annotated[bool, typer.Option("--open", help="Keep claims among things that are no actors, too.")] = False,
    format: Annotated[
        ClaimFormat, typer.Option(metavar="NAME", help="json (a claim a line), csv, table, or text with the sentences.")
    ] = ClaimFormat.JSON,
    explain: Annotated[
        bool, typer.Option("--explain", help="Print in words instead which rules made each claim, and why.")
    ] = False,
    strict: Strict = False,
    unchecked: Unchecked = False,
) -> None:
    """Print the claims of articles, with the words they stand on, and write nothing."""
    items = kg.read(paths, **_reading(published, encoding, column, date_order, fetch=fetch, private=private))
    knowledge = str(kb) if kb else None
    records = kg.extract_all(
        items,
        pipeline=pipeline,
        workers=workers,
        open=open,
        knowledge_base=knowledge,
        language_unchecked=unchecked,
    )
    tally = listing.print_records(records, format, explain=explain)
    raise typer.Exit(DONE if tally.ok(strict=strict) else FAILED)


@app.command("import", epilog="Example: kg import output/graph.trig --out merged")
def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="TriG or N-Quads of a graph that kg built.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder to write to.")] = OUTPUT,
    json: Json = False,
) -> None:
    """Merge graphs that were built elsewhere into the graph of a folder.

    Their articles come back with claims, mentions and entities, and take the place of those of the same id. What RDF
    does not carry (rules, hours of publication, what one article alone says of an entity) is not restored; triples of
    the files that no article holds are counted as left out. Later builds read again the articles that they are given.
    """
    from kg.engines.imports import import_graphs

    printing.print_facts(asdict(import_graphs(files, out=out)), json=json)


@app.command(epilog="Example: kg query --name threats --param actor=Putin")
def query(
    sparql: Annotated[str | None, typer.Argument(metavar="SPARQL", help="A query, or - for standard input.")] = None,
    name: Annotated[
        str | None, typer.Option(metavar="NAME", help="A ready query.", autocompletion=_names_of_queries)
    ] = None,
    param: Annotated[list[str] | None, typer.Option(metavar="KEY=VALUE", help="A parameter of a ready query.")] = None,
    list_: Annotated[bool, typer.Option("--list", help="Name the ready queries and their parameters.")] = False,
    format: Annotated[Format, typer.Option(metavar="NAME", help="table, csv or json.")] = Format.TABLE,
    folder: Folder = OUTPUT,
) -> None:
    """Ask the graph in SPARQL 1.1, or with a ready query; the prefixes of its Turtle are known."""
    from kg.rdf import TripleStore, ready_queries, unknown_terms

    if list_:
        printing.print_ready_queries(ready_queries(), format)
        return
    if (sparql is None) == (name is None):
        raise typer.BadParameter("give either SPARQL or --name NAME; --list names the ready queries")
    store = TripleStore.open(folder)
    asked = _text(sparql)
    answer = store.ready(name, **_pairs(param)) if name else store.query(asked)
    for term in unknown_terms(asked):
        printing.say(f"warning: the ontology has no {term}, so that nothing is found for it")
    printing.print_answer(answer, format)


@app.command(epilog="Example: kg show NATO")
def show(
    name: Annotated[str, typer.Argument(metavar="NAME", help="An actor by any of its names, or its Wikidata id.")],
    format: Annotated[Format, typer.Option(metavar="NAME", help="table, csv or json.")] = Format.TABLE,
    folder: Folder = OUTPUT,
    why: Annotated[bool, typer.Option("--why", help="Show instead which mentions were taken for it, and why.")] = False,
) -> None:
    """Show one actor: what it did and what was done to it, by date, with the sentences."""
    (printing.print_merges if why else printing.print_actor)(kg.open_graph(folder), name, format)


Undo = Annotated[bool, typer.Option("--undo", help="Take it back instead.")]
ActorName = Annotated[str, typer.Argument(metavar="NAME", help="An actor by any of its names, or its id.")]


@app.command(epilog="Example: kg merge 'Abu Bakr' 'Abu Bakr al-Baghdadi'")
def merge(
    name: ActorName,
    into: Annotated[str, typer.Argument(metavar="INTO", help="The actor that it is.")],
    undo: Undo = False,
    folder: Folder = OUTPUT,
) -> None:
    """Make one actor of two, now and in every rebuild; kg show NAME --why lists it."""
    from kg.engines import corrections

    done = corrections.merge(name, into, folder=folder, undo=undo)
    printing.say(f"{'took back: ' if undo else ''}{done.entity_name} is {done.name}")


@app.command(epilog="Example: kg split 'Ali Hassan' b7a917687b14d744 --name 'Ali Hassan of Basra'")
def split(
    name: ActorName,
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="The id of the article that means another.")],
    new: Annotated[str, typer.Option("--name", metavar="NEW", help="What the other is called.")] = "",
    undo: Undo = False,
    folder: Folder = OUTPUT,
) -> None:
    """Make an actor of its own of those whom one article calls by a name, now and in every rebuild."""
    from kg.engines import corrections

    done = corrections.split(name, article, new_name=new, folder=folder, undo=undo)
    printing.say(f"{'took back: ' if undo else ''}{done.entity_name} of {done.article} is an actor of its own")


@app.command(epilog="Example: kg rename 'Saint Petersburg' Leningrad")
def rename(
    name: ActorName,
    new: Annotated[str, typer.Argument(metavar="NEW", help="The name to show; with --undo, leave it out.")] = "",
    undo: Undo = False,
    folder: Folder = OUTPUT,
) -> None:
    """Give an actor another name, now and in every rebuild; it is still found by the old one."""
    from kg.engines import corrections

    done = corrections.rename(name, new, folder=folder, undo=undo)
    printing.say(f"{'took back: ' if undo else ''}{done.entity_name} is called {done.name}")


@app.command(epilog="Example: kg diff yesterday output")
def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The folder of a build.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The folder of a later one.")],
    format: Annotated[Format, typer.Option(metavar="NAME", help="table, csv or json.")] = Format.TABLE,
) -> None:
    """List the statements and entities that are new, gone or changed from one graph to another."""
    printing.print_diff(kg.open_graph(old), kg.open_graph(new), format)


@app.command(epilog="Example: kg export graphml --to nato.graphml")
def export(
    format: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT", help="Such as turtle, graphml, csv; see kg info.", autocompletion=_names_of_formats
        ),
    ],
    to: Annotated[Path | None, typer.Option(metavar="FILE", help="The file; graph.<suffix> beside the others.")] = None,
    folder: Folder = OUTPUT,
    rdf12: Annotated[
        bool, typer.Option("--rdf12", help="RDF 1.2: a claim names the triple that it reifies (rdf:reifies).")
    ] = False,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="html: what the page is called.")] = None,
    layout: Annotated[
        str | None, typer.Option(metavar="NAME", help="events: in the columns of polecat, gdelt or icews.")
    ] = None,
    plain: Annotated[bool, typer.Option("--plain", help="html: pyvis's own page, to go on with in pyvis.")] = False,
) -> None:
    """Write the graph in another format, and print the file's path.

    Formats: turtle, trig, ntriples, nquads, jsonld, rdfxml, graphml, gexf, csv, parquet, events, cypher, neo4j-admin,
    html. The table of events is CSV, or Parquet where --to names a file that ends in .parquet; neo4j-admin gives a
    folder of CSV files for an offline load.
    """
    from kg.engines.outputs import export as write

    print(write(format, folder=folder, to=to, rdf12=rdf12, title=title, plain=plain, layout=layout))


@app.command(epilog="Example: kg load sparql http://127.0.0.1:7878/store")
def load(
    target: Annotated[str, typer.Argument(metavar="TARGET", help="sparql, neo4j or ladybug.")],
    where: Annotated[str, typer.Argument(metavar="WHERE", help="The store's address, or path.")],
    update: Annotated[bool, typer.Option("--update", help="The address takes SPARQL updates, not graphs.")] = False,
    merged: Annotated[
        str | None, typer.Option(metavar="IRI", help="The graph for what was merged; dataset/merged if not given.")
    ] = None,
    claims: Annotated[ClaimsAs, typer.Option(metavar="NAME", help="nodes or relationships.")] = ClaimsAs.NODES,
    database: Annotated[str | None, typer.Option(metavar="NAME", help="One of several in a Bolt server.")] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Do not go on where a load broke off.")] = False,
    json: Json = False,
    folder: Folder = OUTPUT,
) -> None:
    """Load the graph into another store; loading it twice changes nothing there.

    KG_STORE_USER and KG_STORE_PASSWORD in the environment are the user and password. A load that broke off goes on
    where it was.
    """
    from kg.engines.outputs import load as put

    loaded = put(
        target, where, folder=folder, update=update, merged=merged, claims=claims.value, database=database, fresh=fresh
    )
    printing.print_facts(asdict(loaded), json=json)


@app.command(epilog="Example: kg serve --port 8080")
def serve(
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65535, help="The port; 0 takes any.")] = 8080,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="An address on loopback.")] = "127.0.0.1",
    seconds: Annotated[float, typer.Option(metavar="N", min=0.1, help="How long a query may take.")] = 30.0,
    workers: Annotated[int, typer.Option(metavar="N", min=1, help="How many queries are answered at a time.")] = 2,
    folder: Folder = OUTPUT,
) -> None:
    """Serve the graph on this machine: a SPARQL 1.1 endpoint, its graphs, and the page in front, to read only."""
    from kg.serving import serve as start

    def started(address: str) -> None:
        printing.say(f"serving {folder} at {address}, SPARQL at {address}sparql; stop it with Ctrl-C")

    start(folder, port=port, host=host, seconds=seconds, workers=workers, started=started)


@app.command(epilog="Example: kg mcp --graph output")
def mcp(
    seconds: Annotated[float, typer.Option(metavar="N", min=0.1, help="How long a SPARQL query may take.")] = 30.0,
    folder: Folder = OUTPUT,
) -> None:
    """Serve the graph to language models over the Model Context Protocol, on standard input and output, to read only.

    Its tools are search, about, between, events, evidence and sparql; each answer has its sentences and addresses.
    """
    from kg.mcp import run

    run(folder, seconds=seconds)


@app.command(epilog="Example: kg info --json")
def info(folder: Folder = OUTPUT, json: Json = False) -> None:
    """Tell versions, pipelines with their scores, the knowledge base, and what the graph holds."""
    from kg.engines.info import info as facts

    printing.print_facts(facts(folder), json=json)


@app.command(epilog="Example: kg remove b7a917687b14d744")
def remove(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="Its id, as kg query --name articles lists it.")],
    folder: Folder = OUTPUT,
) -> None:
    """Take an article, and all that was read out of it, out of the graph again."""
    from kg.engines.outputs import remove as take_out

    take_out(article, folder=folder)
    printing.say(f"removed {article} from {folder}")


@app.command(epilog="Example: kg validate")
def validate(folder: Folder = OUTPUT, json: Json = False) -> None:
    """Check graph.ttl against the SHACL shapes; exit with status 1 if it breaks one."""
    from kg.engines.outputs import validate as check

    conformance = check(folder)
    printing.print_conformance(conformance, json=json)
    raise typer.Exit(DONE if conformance.conforms else FAILED)


@app.command("eval", epilog="Example: kg eval parse --gold dev.conllu --json")
def evaluate(
    task: Annotated[str, typer.Argument(metavar="TASK", help="Such as parse, names, triples, coreference.")],
    gold: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The gold file or folder; variants has its own.")
    ] = None,
    format: Annotated[str | None, typer.Option(metavar="NAME", help="Its format, where a task knows several.")] = None,
    pipeline: Pipeline = None,
    predictions: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Also write what was predicted, in the benchmark's format.")
    ] = None,
    speed: Annotated[bool, typer.Option("--speed", help="Also measure words per second (parse only).")] = False,
    vary: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Vary the text first (parse, names), such as upper-case; all shows each loss."
        ),
    ] = None,
    without: Annotated[
        list[str] | None, typer.Option(metavar="RULE", help="Leave out a rule, or a stage of rules, by its name.")
    ] = None,
    texts: Annotated[
        Path | None, typer.Option(metavar="PATH", help="The articles that the gold is of (claims).")
    ] = None,
    json: Json = False,
) -> None:
    """Score the pipeline against gold.

    Tasks: claims, seed, parse, names, triples, attribution, factuality, events, rows, relations, coreference, linking,
    confidence, edges, mentions, pages, variants.
    """
    from kg.evaluation import run

    scores = run(
        task,
        gold=gold,
        format=format,
        pipeline=pipeline,
        predictions=predictions,
        speed=speed,
        vary=vary,
        texts=texts,
        without=without or (),
    )
    printing.print_facts(scores, json=json)


base = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Build, search or describe the knowledge base.")
app.add_typer(base, name="kb")


@base.command("build", epilog="Example: kg kb build ../data knowledge")
def build_base(
    data: Annotated[Path, typer.Argument(metavar="DATA", help="The folder with the sources, in kb/ and treebank/.")],
    output: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to write to.")],
    share_alike: Annotated[
        bool, typer.Option("--share-alike", help="Write instead what share-alike sources add, a table for --kb.")
    ] = False,
) -> None:
    """Build the knowledge base from its sources, the same bytes for the same sources, and print the file's path."""
    from kg.training.knowledge_base import build, build_share_alike

    print((build_share_alike if share_alike else build)(data, output))


@base.command("search", epilog="Example: kg kb search Kyiv")
def search_base(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name in any of its spellings.")],
    format: Annotated[Format, typer.Option(metavar="NAME", help="table, csv or json.")] = Format.TABLE,
    kb: KnowledgeFile = None,
) -> None:
    """List whom a name may mean, best first."""
    from kg.actors.knowledge_base import KnowledgeBase

    printing.print_candidates(KnowledgeBase.load(kb), name, format)


@base.command("info", epilog="Example: kg kb info --json")
def describe_base(kb: KnowledgeFile = None, json: Json = False) -> None:
    """Tell how much the knowledge base holds, and from which sources under which licences."""
    from kg.actors.knowledge_base import KnowledgeBase

    knowledge = KnowledgeBase.load(kb)
    sources = {
        source["name"]: f"{source['licence']}, as of {source['as_of']}" if source["as_of"] else source["licence"]
        for source in knowledge.sources
    }
    printing.print_facts({**knowledge.counts, "sources": sources}, json=json)


def _reading(
    published: str | None,
    encoding: str | None,
    column: list[str] | None,
    date_order: DayOrMonth | None,
    *,
    fetch: bool,
    private: bool,
    quiet: bool = False,
) -> ReadingOptions:
    """How the user says that articles are to be read; notes are said, unless nothing is to be."""
    return {
        "published": published,
        "encoding": encoding,
        "columns": _pairs(column, option="--column"),
        "date_order": date_order.value if date_order else None,
        "fetch": fetch,
        "private": private,
        "note": (lambda note: None) if quiet else printing.say_note,
    }


def _pairs(words: list[str] | None, *, option: str = "--param") -> dict[str, str]:
    """The values of an option such as ``--param KEY=VALUE``."""
    pairs = [word.partition("=") for word in words or ()]
    for key, sign, _ in pairs:
        if not (key and sign):
            raise typer.BadParameter(f"{option} takes KEY=VALUE, not {key!r}")
    return {key: value for key, _, value in pairs}


def _text(argument: str | None) -> str:
    return sys.stdin.read() if argument == "-" else argument or ""


def main() -> None:
    """Run ``kg``."""
    app(prog_name="kg")
