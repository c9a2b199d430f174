"""The commands: what they print, where, and with which exit status, for good input and bad."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import rdflib
from typer.testing import CliRunner, Result

from kg import printing
from kg.cli import app

SEEDS = Path(__file__).parents[1] / "seeds"
TEXT = "Envoy leaves\n\nRussia rejected the demands of NATO. The United States has sent weapons to Ukraine."


def run(*words: str | Path, input: bytes | str | None = None) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], input=input)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that `kg build` wrote from the sample article."""
    out = tmp_path_factory.mktemp("built")
    result = run("build", SEEDS, "--published", "2022-02-01", "--out", out)
    assert result.exit_code == 0, result.output
    return out


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "envoy.txt"
    path.write_text(TEXT)
    return path


def assert_one_clear_line(result: Result, *words: str) -> None:
    """One line on standard error that names the words, and no traceback."""
    assert result.exception is None or isinstance(result.exception, SystemExit)
    (line,) = result.stderr.strip().splitlines()
    assert line.startswith("kg: ")
    for word in words:
        assert word in line


def test_a_build_writes_every_view(built: Path) -> None:
    names = {path.name for path in built.iterdir()}
    assert names == {"graph.ttl", "graph.trig", "graph.html", "report.json", "rejected.jsonl", "ledger", "store"}
    report = json.loads((built / "report.json").read_text())
    assert report["read"] == report["articles"] == 1
    assert report["rejected"] == 0 and (built / "rejected.jsonl").read_text() == ""
    assert 0 < report["asserted"] < report["statements"] <= report["claims"]


def test_a_build_prints_its_summary_as_a_message_and_json_as_data(article: Path, tmp_path: Path) -> None:
    said = run("build", article, "--out", tmp_path / "a")
    assert said.stdout == "" and "statements" in said.stderr
    data = run("build", article, "--out", tmp_path / "b", "--json")
    assert data.stderr == "" and json.loads(data.stdout)["articles"] == 1
    quiet = run("build", article, "--out", tmp_path / "c", "--quiet")
    assert quiet.output == "" and quiet.exit_code == 0


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.txt", b"", "is empty"),
        ("binary.txt", b"\x00\x01\x02\x03", "is binary"),
        ("rows.csv", b"name,weight\nGeneva,7\n", "has no column 'text'"),
        ("missing.txt", None, "does not exist"),
        ("strange.xyz", b"Russia rejected it.", "which no reader knows"),
    ],
)
def test_a_bad_article_is_named_and_the_others_are_built(
    article: Path, tmp_path: Path, name: str, content: bytes | None, reason: str
) -> None:
    bad, out = tmp_path / name, tmp_path / "out"
    if content is not None:
        bad.write_bytes(content)
    result = run("build", bad, article, "--out", out, "--quiet")
    assert result.exit_code == 0
    assert_one_clear_line(result, str(bad), reason)
    (rejected,) = map(json.loads, (out / "rejected.jsonl").read_text().splitlines())
    assert rejected["path"] == str(bad) and reason in rejected["reason"] and rejected["remedy"]
    assert json.loads((out / "report.json").read_text())["articles"] == 1
    assert run("build", bad, article, "--out", out, "--quiet", "--strict").exit_code == 1


def test_a_build_of_nothing_readable_fails_but_leaves_a_graph(tmp_path: Path) -> None:
    result = run("build", tmp_path / "missing.txt", "--out", tmp_path / "out", "--quiet")
    assert result.exit_code == 1
    assert "nothing could be read" in result.stderr
    assert len(rdflib.Graph().parse(tmp_path / "out" / "graph.ttl")) > 0


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--pipeline", "no_such_pipeline"), "no_such_pipeline"),
        (("--published", "last Tuesday"), "last Tuesday"),
        (("--base-iri", "no iri"), "no iri"),
        (("--out", "/dev/null/out"), "/dev/null/out"),
    ],
)
def test_a_bad_option_is_named(
    article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, str], named: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("build", article, *words)
    assert result.exit_code == 2
    assert_one_clear_line(result, named)


@pytest.mark.parametrize(
    "words",
    [("build",), ("nonsense",), ("build", "x", "--workers", "0"), ("query",), ("query", "ASK {}", "--name", "threats")],
)
def test_wrong_usage_has_status_2(words: tuple[str, ...]) -> None:
    result = run(*words)
    assert result.exit_code == 2 and "Traceback" not in result.output


def test_extract_prints_a_claim_a_line(article: Path) -> None:
    result = run("extract", article)
    claims = [json.loads(line) for line in result.stdout.splitlines()]
    assert {"id", "article", "sentence", "subject", "relation", "polarity", "modality"} <= claims[0].keys()
    for claim in claims:
        start, end = claim["relation"]["span"]
        assert TEXT[start:end] == claim["relation"]["text"]


def test_extract_reads_standard_input(article: Path) -> None:
    assert run("extract", "-", input=TEXT).stdout == run("extract", article).stdout
    empty = run("extract", "-", input="")
    assert empty.exit_code == 1
    assert_one_clear_line(empty, "-: is empty")


def test_extract_as_csv_and_as_a_table(article: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("extract", article, "--format", "csv").stdout)))
    assert {"Russia", "reject"} <= {value for row in rows for value in row.values()}
    assert "reject" in run("extract", article, "--format", "table").stdout


def test_extract_open_keeps_at_least_as_much(article: Path) -> None:
    closed, opened = (set(run("extract", article, *more).stdout.splitlines()) for more in ([], ["--open"]))
    assert closed <= opened


def test_query_answers_in_each_form(built: Path) -> None:
    sparql = "SELECT (COUNT(?claim) AS ?claims) WHERE { ?claim a kg:Claim }"
    claims = json.loads((built / "report.json").read_text())["claims"]
    assert json.loads(run("query", sparql, "--graph", built, "--format", "json").stdout) == [{"claims": str(claims)}]
    assert run("query", sparql, "--graph", built, "--format", "csv").stdout == f"claims\n{claims}\n"
    assert str(claims) in run("query", "-", "--graph", built, input=sparql).stdout
    assert run("query", "ASK { ?claim a kg:Claim }", "--graph", built).stdout == "true\n"
    construct = "CONSTRUCT { ?c a kg:Claim } WHERE { ?c a kg:Claim }"
    assert len(json.loads(run("query", construct, "--graph", built, "--format", "json").stdout)) == claims


def test_ready_queries_are_listed_and_answer(built: Path) -> None:
    listed = json.loads(run("query", "--list", "--format", "json").stdout)
    assert "threats" in [query["name"] for query in listed]
    result = run("query", "--name", "threats", "--param", "actor=NATO", "--graph", built, "--format", "json")
    assert {"Vladimir Putin"} <= {row["subject"] for row in json.loads(result.stdout)}


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("SELECT ?x WHERE { ?x kg:noSuch",), "malformed SPARQL"),
        (("SELECT ?x WHERE { ?x unknown:p ?y }",), "unknown"),
        (("--name", "no-such-query"), "no-such-query"),
        (("--name", "threats", "--param", "nobody=x"), "nobody"),
    ],
)
def test_a_bad_query_is_named(built: Path, words: tuple[str, ...], named: str) -> None:
    result = run("query", *words, "--graph", built)
    assert result.exit_code == 2
    assert_one_clear_line(result, named)


@pytest.mark.parametrize(
    "words", [("query", "ASK {}"), ("show", "NATO"), ("export", "csv"), ("validate",), ("remove", "a")]
)
def test_a_folder_without_a_graph_is_named(tmp_path: Path, words: tuple[str, ...]) -> None:
    result = run(*words, "--graph", tmp_path / "nowhere")
    assert result.exit_code == 2
    assert_one_clear_line(result, "nowhere", "kg build")


def test_show_tells_of_an_actor_with_sentences(built: Path) -> None:
    rows = json.loads(run("show", "Putin", "--graph", built, "--format", "json").stdout)
    assert ("Vladimir Putin", "NATO") in {(row["subject"], row["object"]) for row in rows}
    assert all(row["sentence"] for row in rows)
    assert "Q7747" in run("show", "Vladimir Putin", "--graph", built).stdout
    unknown = run("show", "Nobody At All", "--graph", built)
    assert unknown.exit_code == 2
    assert_one_clear_line(unknown, "Nobody At All")


@pytest.mark.parametrize(
    "format",
    [
        "turtle",
        "trig",
        "ntriples",
        "nquads",
        "jsonld",
        "rdfxml",
        "graphml",
        "gexf",
        "csv",
        "parquet",
        "cypher",
        "html",
        "neo4j-admin",
    ],
)
def test_export_writes_every_format_of_its_help(built: Path, tmp_path: Path, format: str) -> None:
    result = run("export", format, "--graph", built, "--to", tmp_path / f"graph.{format}")
    assert result.exit_code == 0, result.stderr
    assert Path(result.stdout.strip()).stat().st_size > 0


def test_export_again_gives_the_turtle_of_the_build(built: Path, tmp_path: Path) -> None:
    run("export", "turtle", "--graph", built, "--to", tmp_path / "again.ttl")
    assert (tmp_path / "again.ttl").read_bytes() == (built / "graph.ttl").read_bytes()


def test_the_page_may_be_called_something_and_be_plain(built: Path, tmp_path: Path) -> None:
    for extra in ((), ("--plain",)):
        result = run("export", "html", "--graph", built, "--to", tmp_path / "p.html", "--title", "War & peace", *extra)
        assert result.exit_code == 0, result.stderr
        text = (tmp_path / "p.html").read_text(encoding="utf-8")
        assert "<title>War &amp; peace</title>" in text and ("vis.Network" in text) == bool(extra)
    result = run("export", "csv", "--graph", built, "--plain")
    assert result.exit_code == 2
    assert_one_clear_line(result, "csv", "--plain")


def test_an_unknown_format_is_named(built: Path) -> None:
    result = run("export", "tarot", "--graph", built)
    assert result.exit_code == 2
    assert_one_clear_line(result, "tarot", "graphml")


def test_show_why_tells_the_merges_of_an_actor(built: Path) -> None:
    rows = json.loads(run("show", "NATO", "--why", "--graph", built, "--format", "json").stdout)
    merges = pq.read_table(built / "ledger" / "merges", filters=[("entity", "=", "Q7184")]).to_pylist()
    assert merges
    assert [(r["mention"], r["reason"], r["score"], r["start"]) for r in rows] == [
        (m["mention"], m["reason"], m["score"], m["start"]) for m in merges
    ]


def test_import_brings_a_build_back(built: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    told = json.loads(run("import", built / "graph.trig", "--out", out, "--json").stdout)
    claims = json.loads((built / "report.json").read_text())["claims"]
    assert told == {"articles": 1, "replaced": 0, "claims": claims, "left_out": 0}
    assert (out / "graph.trig").read_bytes() == (built / "graph.trig").read_bytes()
    assert run("query", "ASK { ?claim a kg:Claim }", "--graph", out).stdout == "true\n"


def test_a_foreign_graph_is_not_imported(tmp_path: Path) -> None:
    (tmp_path / "foreign.trig").write_text("<https://example.org/a> <https://example.org/b> 1 .")
    result = run("import", tmp_path / "foreign.trig", "--out", tmp_path / "out")
    assert result.exit_code == 2 and not (tmp_path / "out").exists()
    assert_one_clear_line(result, "foreign.trig", "holds no graph that kg wrote", "kg export trig")


def test_diff_lists_what_is_new_gone_and_changed(built: Path, article: Path, tmp_path: Path) -> None:
    run("build", article, "--out", tmp_path / "other", "--quiet")
    rows = json.loads(run("diff", built, tmp_path / "other", "--format", "json").stdout)
    new = {row["name"] for row in rows if (row["change"], row["kind"]) == ("new", "statement")}
    assert "United States sends weapons to Ukraine" in new
    back = json.loads(run("diff", tmp_path / "other", built, "--format", "json").stdout)
    assert {r["id"] for r in rows if r["change"] == "new"} == {r["id"] for r in back if r["change"] == "gone"}
    assert all(row["fields"] for row in rows if row["change"] == "changed")
    assert run("diff", built, built, "--format", "csv").stdout == "change,kind,id,name,fields\n"


def test_info_tells_versions_pipelines_and_counts(built: Path, tmp_path: Path) -> None:
    facts = json.loads(run("info", "--json", "--graph", built).stdout)
    assert "small" in facts["pipelines"] and facts["graph"]["articles"] == 1
    assert "pipelines.small.version" in run("info", "--graph", tmp_path).stdout


def test_remove_takes_an_article_out_of_every_view(article: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("build", SEEDS, article, "--out", out, "--quiet", "--published", "2022-02-01")
    alone = tmp_path / "alone"
    run("build", SEEDS, "--out", alone, "--quiet", "--published", "2022-02-01")
    rows = json.loads(run("query", "--name", "articles", "--graph", out, "--format", "json").stdout)
    assert len(rows) == 2
    from kg import open_graph

    (gone,) = (id for id, known in open_graph(out).articles.items() if known.title == "Envoy leaves")
    assert run("remove", gone, "--graph", out).exit_code == 0
    assert (out / "graph.ttl").read_bytes() == (alone / "graph.ttl").read_bytes()
    again = run("remove", gone, "--graph", out)
    assert again.exit_code == 2
    assert_one_clear_line(again, gone)


def test_the_graph_of_a_build_conforms_to_its_shapes(built: Path, tmp_path: Path) -> None:
    result = run("validate", "--graph", built, "--json")
    assert json.loads(result.stdout) == {"conforms": True, "violations": []} and result.exit_code == 0


def test_a_graph_that_breaks_its_shapes_has_status_1(tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_text(
        "@prefix kg: <https://w3id.org/geokg/ontology#> . <https://w3id.org/geokg/claim/x> a kg:Claim ."
    )
    result = run("validate", "--graph", tmp_path, "--json")
    assert result.exit_code == 1 and json.loads(result.stdout)["violations"]


def test_a_missing_gold_file_is_named(tmp_path: Path) -> None:
    result = run("eval", "parse", "--gold", tmp_path / "gold.conllu")
    assert result.exit_code == 2
    assert_one_clear_line(result, "gold.conllu")


def test_the_installed_command_gives_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    for seed in ("1", "2"):
        command = [
            sys.executable,
            "-m",
            "kg",
            "build",
            str(SEEDS),
            "--published",
            "2022-02-01",
            "--out",
            str(tmp_path / seed),
        ]
        done = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"PYTHONHASHSEED": seed})
        assert done.returncode == 0, done.stderr
        assert done.stdout == ""
    for name in ("graph.ttl", "graph.trig", "graph.html", "report.json"):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()


def test_a_graph_opens_and_help_prints_without_the_language_wing() -> None:
    program = (
        "import sys, kg; kg.open_graph; import kg.cli; from typer.testing import CliRunner;"
        "[CliRunner().invoke(kg.cli.app, [name, '--help']) for name in ('query', 'show', 'export', 'info', 'build')];"
        "print(sorted({'spacy', 'kg.language', 'kg.engines.local'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize(
    ("arguments", "absent"),
    [
        (("--help",), {"networkx", "pyarrow", "pyoxigraph", "rdflib", "spacy", "requests", "dateparser"}),
        (("query", "ASK { ?claim a kg:Claim }"), {"networkx", "pyarrow", "rdflib", "spacy", "kg.ledger"}),
        (("query", "--list"), {"networkx", "pyarrow", "rdflib", "spacy"}),
        (("show", "NATO"), {"networkx", "pyoxigraph", "rdflib", "spacy"}),
        (("build", str(SEEDS), "--published", "2022-02-01"), {"networkx", "pyvis", "rdflib", "spacy", "IPython"}),
    ],
)
def test_a_command_imports_no_more_than_it_needs(built: Path, arguments: tuple[str, ...], absent: set[str]) -> None:
    option = "--out" if arguments[0] == "build" else "--graph"
    placed = arguments if arguments[-1].startswith("--") else (*arguments, option, str(built))
    program = (
        "import sys, kg.cli; from typer.testing import CliRunner;"
        f"done = CliRunner().invoke(kg.cli.app, {list(placed)!r});"
        f"print(done.exit_code, sorted({absent!r} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "0 []"


def test_load_says_what_the_store_holds_and_what_went_wrong(built: Path, tmp_path: Path) -> None:
    pytest.importorskip("ladybug", reason="needs Ladybug: python -m pip install ladybug")
    where = tmp_path / "graph.lbug"
    first = run("load", "ladybug", where, "--graph", built, "--json")
    facts = json.loads(first.stdout)
    report = json.loads((built / "report.json").read_text())
    assert facts["counts"] == {
        "articles": 1, "entities": report["entities"], "statements": report["asserted"], "claims": report["claims"],
    }  # fmt: skip
    assert run("load", "ladybug", where, "--graph", built, "--json").stdout == first.stdout
    (built / "loads").joinpath(next((built / "loads").iterdir()).name).unlink()
    (built / "loads").rmdir()


def test_load_and_serve_refuse_in_one_line(built: Path, tmp_path: Path) -> None:
    assert_one_clear_line(run("load", "nowhere", "http://127.0.0.1:9/", "--graph", built), "no store is called")
    assert_one_clear_line(run("load", "sparql", "http://127.0.0.1:9/", "--graph", tmp_path), "holds no ledger")
    assert_one_clear_line(run("serve", "--graph", tmp_path), "holds no store", "kg build")
    assert_one_clear_line(run("serve", "--graph", built, "--host", "0.0.0.0"), "serve on 127.0.0.1")


def test_a_build_tells_its_strongest_statements_and_what_it_wrote(article: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    said = run("build", article, "--out", out).stderr
    assert "United States sends weapons to Ukraine" in said
    assert "    The United States has sent weapons to Ukraine." in said.splitlines()
    written = [Path(line.split()[0]) for line in said.splitlines() if line.startswith(f"    {out}")]
    assert [path.name for path in written] == ["graph.html", "graph.ttl", "graph.trig", "store", "ledger"]
    assert all(path.exists() for path in written)
    strongest = json.loads((out / "report.json").read_text())["strongest"]
    assert 1 <= len(strongest) <= 3 and all(row["sentence"] in TEXT for row in strongest)


def test_progress_counts_articles_and_words(article: Path, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "second.txt").write_text("Poland met Germany.")
    known = printing.Workload.of([str(article), str(tmp_path / "more")])
    assert (known.articles, known.words) == (2, len(TEXT.split()) + 3)
    assert printing.Workload.of(["-"]).articles == 0


def test_a_terminal_shows_progress_by_article(article: Path, tmp_path: Path) -> None:
    words = ("kg", "build", str(article), "--out", str(tmp_path / "out"))
    program = f"import sys; sys.argv = {list(words)!r}; from kg.cli import main; main()"
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=slave,
        stderr=slave,
        env=os.environ | {"TERM": "xterm", "COLUMNS": "150"},
    )
    os.close(slave)
    shown = b""
    with contextlib.suppress(OSError):  # the terminal closes when the program ends
        while chunk := os.read(master, 65536):
            shown += chunk
    assert process.wait() == 0
    assert b"1 of 1 articles: Envoy leaves" in shown and b"words/s" in shown


@pytest.mark.parametrize(
    ("typed", "offered"), [("kg query --name thr", "threats"), ("kg export graph", "graphml"), ("kg bui", "build")]
)
def test_the_shell_completes_commands_and_names(typed: str, offered: str) -> None:
    asked = {"_KG_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": str(len(typed.split()) - 1)}
    program = "from kg.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=os.environ | asked)
    assert offered in done.stdout.split()


def test_a_term_that_the_ontology_does_not_know_is_a_warning(built: Path) -> None:
    result = run("query", "ASK { ?who a kg:Persn }", "--graph", built)
    assert result.exit_code == 0 and result.stdout == "false\n"
    assert_one_clear_line(result, "warning", "kg:Persn")
    known = "ASK { ?who a kg:Person ; kg:sector ?s FILTER(?s != 'kg:Nothing') }"
    assert not run("query", known, "--graph", built).stderr
