"""Builds: what is added, known, repeated, rejected or forgotten, and that the order of articles does not matter."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kg.engines.build import build
from kg.engines.outputs import export
from kg.errors import ExportError, LedgerError
from kg.graph import open_graph
from kg.ledger import Ledger, held
from kg.model import Article, Record
from kg.rdf import TripleStore

FIRST = "Envoy leaves\n\nRussia rejected the demands of NATO."
SECOND = "Weapons arrive\n\nThe United States has sent weapons to Ukraine."


@pytest.fixture(autouse=True)
def one_maker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Someone may edit the code while the tests run: to them it is one version all the same."""
    monkeypatch.setattr("kg.engines.build.maker_of", "this version of {}".format)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two articles, to be built."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(FIRST)
    (tmp_path / "in" / "b.txt").write_text(SECOND)
    return tmp_path / "in"


def counts(path: Path | list[Path], out: Path, **options: object) -> tuple[int, int, int, int]:
    report = build(path if isinstance(path, list) else [path], out=out, **options)  # type: ignore[arg-type]
    return report.read, report.known, report.repeated, report.articles


def test_known_articles_are_not_worked_on_again(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert counts(folder / "a.txt", out) == (1, 0, 0, 1)
    assert counts([folder, folder], out) == (1, 1, 2, 2)
    turtle = (out / "graph.ttl").read_bytes()
    assert counts(folder, out) == (0, 2, 0, 2)
    assert (out / "graph.ttl").read_bytes() == turtle


def test_where_nothing_is_new_nothing_is_loaded_or_written(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    first = build([folder], out=out)
    monkeypatch.setattr("kg.engines.local.loaded", lambda *_: pytest.fail("a pipeline was loaded"))
    monkeypatch.setattr("kg.engines.build.write_outputs", lambda *_, **__: pytest.fail("files were written"))
    again = build([folder], out=out)
    assert (first.unchanged, again.unchanged, again.known) == (False, True, 2)
    assert (again.claims, again.strongest) == (first.claims, first.strongest)


def test_what_is_missing_or_shown_by_other_code_is_written_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    build([folder], out=out)
    (out / "graph.html").unlink()
    assert not build([folder], out=out).unchanged
    assert (out / "graph.html").exists()
    monkeypatch.setattr("kg.engines.outputs.shown_by", lambda: "other code")
    assert not build([folder], out=out).unchanged


def test_a_correction_written_by_hand_is_applied_by_a_build_with_nothing_new(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build([folder], out=out)
    (out / "corrections.csv").write_text(
        "action,entity,entity_name,into,article,name\nrename,Q7184,NATO,,,The Alliance\n"
    )
    assert not build([folder], out=out).unchanged
    assert open_graph(out).name("Q7184") == "The Alliance"
    assert build([folder], out=out).unchanged


def test_articles_one_by_one_make_the_store_and_files_that_all_at_once_make(folder: Path, tmp_path: Path) -> None:
    at_once, one_by_one = tmp_path / "at once", tmp_path / "one by one"
    build([folder], out=at_once)
    build([folder / "b.txt"], out=one_by_one, views=False)
    assert not (one_by_one / "graph.ttl").exists()
    build([folder], out=one_by_one)
    for name in ("graph.ttl", "graph.trig", "graph.html"):
        assert (one_by_one / name).read_bytes() == (at_once / name).read_bytes()
    stores = [set(TripleStore.open(out).store) for out in (at_once, one_by_one)]
    assert stores[0] == stores[1]


def test_fresh_forgets_and_touches_nothing_else(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build([folder], out=out)
    (out / "notes.txt").write_text("mine")
    assert counts(folder / "a.txt", out, fresh=True) == (1, 0, 0, 1)
    assert (out / "notes.txt").read_text() == "mine"


def test_what_another_maker_made_is_worked_on_again(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build([folder], out=out)
    report = json.loads((out / "report.json").read_text())
    ledger = Ledger(out)
    ledger.tell(replace(ledger.making, made_by="an older version"))
    assert counts(folder / "a.txt", out) == (1, 0, 0, 2)
    assert json.loads((out / "report.json").read_text())["made_by"] is None
    assert counts(folder, out) == (2, 0, 0, 2)
    assert json.loads((out / "report.json").read_text())["made_by"] == report["made_by"]


def test_a_new_date_makes_an_article_new(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build([folder / "a.txt"], out=out)
    assert counts(folder / "a.txt", out, published="2022-02-01") == (1, 0, 0, 1)
    assert [article.published for article in open_graph(out).articles.values()] == ["2022-02-01"]


def test_a_build_that_is_cut_off_goes_on(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"

    def stop(item: object) -> None:
        seen.append(item)
        if len(seen) == 2:
            raise KeyboardInterrupt

    seen: list[object] = []
    with pytest.raises(KeyboardInterrupt):
        build([folder], out=out, watch=stop)
    assert counts(folder, out) == (1, 1, 0, 2)


def test_two_texts_with_one_id_are_told(tmp_path: Path) -> None:
    rows = [{"id": "a", "text": FIRST}, {"id": "a", "text": SECOND}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    report = build([tmp_path / "a.jsonl"], out=tmp_path / "out", strict=True)
    assert [item.path for item in report.rejected] == ["a"] and not report.ok
    assert report.articles == 1


def test_the_order_of_articles_does_not_matter(folder: Path, tmp_path: Path) -> None:
    build([folder / "a.txt", folder / "b.txt"], out=tmp_path / "ab")
    build([folder / "b.txt"], out=tmp_path / "ba")
    build([folder / "a.txt"], out=tmp_path / "ba")
    for name in ("graph.ttl", "graph.trig", "graph.html"):
        assert (tmp_path / "ab" / name).read_bytes() == (tmp_path / "ba" / name).read_bytes()


def test_a_bad_base_iri_is_refused_before_anything_is_written(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ExportError):
        build([folder], out=tmp_path / "out", base_iri="no iri")
    assert not (tmp_path / "out").exists()


def test_a_damaged_ledger_is_told(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build([folder], out=out)
    (out / "ledger" / "ledger.json").write_text("{")
    with pytest.raises(LedgerError, match="--fresh"):
        build([folder], out=out)
    assert counts(folder, out, fresh=True) == (2, 0, 0, 2)


def test_base_iri_and_pipeline_outlive_a_build_that_is_cut_off(folder: Path, tmp_path: Path) -> None:
    def stop(item: object) -> None:
        raise KeyboardInterrupt

    out = tmp_path / "out"
    with pytest.raises(KeyboardInterrupt):
        build([folder / "a.txt"], out=out, base_iri="https://example.org/", watch=stop)
    report = build([folder], out=out)
    assert report.base_iri == "https://example.org/"
    assert b"<https://example.org/" in (out / "graph.ttl").read_bytes()
    (out / "report.json").unlink()
    assert b"<https://example.org/" in export("turtle", folder=out, to=tmp_path / "again.ttl").read_bytes()


def test_what_is_done_is_saved_after_some_seconds(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.engines.build.SECONDS_AT_ONCE", 0.0)

    def look(_: object) -> None:
        found.append(len(Ledger(tmp_path / "out").article_ids()))

    found: list[int] = []
    build([folder], out=tmp_path / "out", watch=look)
    assert found == [0, 1]


def test_a_folder_that_is_being_changed_is_refused(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build([folder / "a.txt"], out=out)
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    with held(out, doing="kg build"), pytest.raises(LedgerError, match="is being changed by another"):
        build([folder], out=out)
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def test_a_record_that_cannot_be_written_costs_no_other(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    append = Ledger.append

    def refuse(ledger: Ledger, records: list[Record]) -> int:
        if any("Weapons" in record.article.text for record in records):
            raise OverflowError("int too large")
        return append(ledger, records)

    monkeypatch.setattr(Ledger, "append", refuse)
    report = build([folder], out=tmp_path / "out")
    assert (report.read, report.articles) == (1, 1)
    (line,) = map(json.loads, (tmp_path / "out" / "rejected.jsonl").read_text().splitlines())
    assert line["file"] == str(folder / "b.txt") and line["error"] == "OverflowError"


def test_whatever_a_row_holds_the_others_are_built(tmp_path: Path) -> None:
    rows = [
        '{"id": "first", "text": "' + FIRST.replace("\n", "\\n") + '"}',
        '{"id": "half", "text": "An envoy left \\ud800 Kyiv."}',
        '{"id": "nul\\u0000", "text": "An envoy left Kyiv."}',
        '{"id": ' + "9" * 5000 + ', "text": "An envoy left Kyiv."}',
        "[" * 100_000,
        '{"id": "last", "text": "' + SECOND.replace("\n", "\\n") + '"}',
    ]
    (tmp_path / "rows.jsonl").write_text("\n".join(rows))
    report = build([tmp_path / "rows.jsonl"], out=tmp_path / "out")
    assert (report.read, report.articles) == (2, 2)
    lines = [json.loads(line) for line in (tmp_path / "out" / "rejected.jsonl").read_text().splitlines()]
    assert [(line["file"], line["line"]) for line in lines] == [(str(tmp_path / "rows.jsonl"), n) for n in (2, 3, 4, 5)]
    assert all(line["error"] for line in lines)


def test_an_article_that_takes_too_long_is_rejected_by_its_file(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.engines import local

    record_of = local._record_of

    def hang(article: Article, nlp: object, *, open: bool) -> Record:
        while "Weapons" in article.text:
            pass
        return record_of(article, nlp, open=open)  # type: ignore[arg-type]

    monkeypatch.setattr(local, "_record_of", hang)
    monkeypatch.setattr(local, "limit_of", lambda _: 2.0)
    report = build([folder], out=tmp_path / "out")
    assert report.articles == 1
    assert [(item.path, item.error) for item in report.rejected] == [(str(folder / "b.txt"), "TooSlowError")]
