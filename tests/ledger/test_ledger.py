from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import replace

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import LedgerError
from kg.ledger import TABLES, Ledger
from kg.model import (
    EVENT_TYPES,
    KINDS,
    MODALITIES,
    NUMBER_KINDS,
    POLARITIES,
    Argument,
    Article,
    Claim,
    Entity,
    Event,
    Mention,
    Number,
    Participant,
    Record,
    Relation,
    Source,
    Span,
)

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
filled = words.filter(str.strip)
spans = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 10**6), st.integers(1, 500))
scores = st.floats(0, 1)
optional = st.none() | words
participants = st.builds(Participant, words, spans, words, words, st.sampled_from(KINDS), st.booleans())
arguments = st.builds(Argument, words, words, spans, optional, optional, optional) | st.builds(
    lambda role, claim: Argument(role, claim=claim), words, words
)
events = st.builds(
    Event,
    st.sampled_from(EVENT_TYPES),
    st.sampled_from(["verbal cooperation", "material conflict"]),
    optional,
    st.none() | st.floats(-10, 10),
    optional,
)
amounts = st.floats(0, 1e12)
numbers = st.builds(
    Number, st.sampled_from(NUMBER_KINDS), words, spans, amounts, st.none() | amounts, st.booleans(), optional
)
sources = st.builds(Source, words, spans, optional, st.none() | spans, optional, optional, st.booleans())


def claims(article: str) -> st.SearchStrategy[Claim]:
    return st.builds(
        Claim,
        id=words,
        article=st.just(article),
        sentence=st.just(Span(0, 2 * 10**6)),
        subject=participants,
        relation=st.builds(Relation, words, spans, words, st.booleans()),
        object=st.none() | participants,
        content=st.lists(words, max_size=2).map(tuple),
        arguments=st.lists(arguments, max_size=3).map(tuple),
        source=st.none()
        | st.builds(Source, words, spans, optional, st.none() | spans, optional, optional, st.booleans()),
        polarity=st.sampled_from(POLARITIES),
        modality=st.sampled_from(MODALITIES),
        factuality=st.floats(-3, 3),
        event=st.none() | events,
        confidence=scores,
        rules=st.lists(words, max_size=2).map(tuple),
        ground=optional,
        numbers=st.lists(numbers, max_size=2).map(tuple),
    )


@st.composite
def any_record(draw: st.DrawFn) -> Record:
    article = draw(st.builds(Article, filled, filled, optional, optional, optional, optional, words))
    entity = st.builds(
        Entity, words, st.sampled_from(KINDS), filled, st.lists(words, max_size=3).map(tuple), optional, optional,
        optional, optional, scores,
    )  # fmt: skip
    mention = st.builds(
        Mention, st.just(article.id), spans, words, st.sampled_from(["name", "pronoun"]), words, words, scores
    )
    return Record(
        article,
        tuple(draw(st.lists(entity, max_size=2))),
        tuple(draw(st.lists(mention, max_size=2))),
        tuple(draw(st.lists(claims(article.id), max_size=2, unique_by=lambda claim: claim.id))),
    )


def rules_of(record: Record) -> list[tuple[str, ...]]:
    return [claim.rules for claim in record.claims]


@settings(max_examples=15, deadline=None)
@given(st.lists(any_record(), min_size=1, max_size=4, unique_by=lambda record: record.article.id))
def test_what_is_read_is_what_was_written(records: list[Record]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger(folder)
        for record in records:
            ledger.append([record])
        expected = sorted(records, key=lambda record: record.article.id)
        found = list(Ledger(folder).records())
        assert found == expected
        assert [rules_of(record) for record in found] == [rules_of(record) for record in expected]


def test_an_article_of_the_same_id_is_replaced(tmp_path, records):
    ledger = Ledger(tmp_path)
    assert ledger.append(records) == 2
    newer = replace(records[0], article=replace(records[0].article, text="Other words."), claims=(), mentions=())
    assert not ledger.knows(newer.article)
    ledger.append([newer])
    assert ledger.knows(newer.article) and not ledger.knows(records[0].article)
    assert list(Ledger(tmp_path).records()) == [newer, records[1]]


def test_an_article_is_removed_with_all_that_was_read_out_of_it(tmp_path, records):
    ledger = Ledger(tmp_path)
    ledger.append(records)
    assert ledger.remove("a1")
    assert not ledger.remove("a1")
    assert Ledger(tmp_path).article_ids() == ["a2"]
    for table in TABLES:
        rows = pq.read_table(tmp_path / "ledger" / table).to_pylist()
        assert {row["id" if table == "articles" else "article"] for row in rows} == {"a2"}


def test_many_appends_leave_few_parts_and_keep_the_order(tmp_path, writer):
    ledger = Ledger(tmp_path)
    for i in reversed(range(20)):
        article = writer(f"a{i:02}")
        article.claim("Russia", "warn", "NATO")
        article.claim("Russia", "warn", "Ukraine")
        ledger.append([article.record()])
    assert len(list((tmp_path / "ledger" / "claims").iterdir())) <= 5
    assert [record.article.id for record in ledger.records()] == [f"a{i:02}" for i in range(20)]
    assert all([c.object.name for c in r.claims] == ["NATO", "Ukraine"] for r in ledger.records())


def test_leftovers_of_a_write_that_was_cut_off_do_not_count(tmp_path, records):
    ledger = Ledger(tmp_path)
    ledger.append(records[:1])
    for table in TABLES:
        (tmp_path / "ledger" / table / "part-000099.parquet").write_bytes(b"half a file")
    again = Ledger(tmp_path)
    assert again.article_ids() == ["a1"]
    again.append(records[1:])
    assert list(Ledger(tmp_path).records()) == records
    assert not list((tmp_path / "ledger").glob("*/part-000099.parquet"))


def test_a_damaged_table_is_named_with_its_remedy(tmp_path, records):
    Ledger(tmp_path).append(records)
    file = next((tmp_path / "ledger" / "claims").iterdir())
    file.write_bytes(file.read_bytes()[:100])
    with pytest.raises(LedgerError, match=r"claims.part-000001\.parquet is damaged: .*--fresh"):
        list(Ledger(tmp_path).records())
    file.unlink()
    with pytest.raises(LedgerError, match="is missing"):
        list(Ledger(tmp_path).records())


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("damage", ["empty", "cut", "overwritten", "other", "rows"])
def test_any_damaged_file_is_named_and_nothing_else_touched(tmp_path, records, writer, table, damage):
    Ledger(tmp_path).append(records)
    file = tmp_path / "ledger" / table / "part-000001.parquet"
    whole = file.read_bytes()
    if damage == "empty":
        file.write_bytes(b"")
    elif damage == "cut":
        file.write_bytes(whole[: len(whole) // 2])
    elif damage == "overwritten":
        file.write_bytes(whole[:4] + b"\xff" * (len(whole) // 3) + whole[4 + len(whole) // 3 :])
    elif damage == "other":
        pq.write_table(pa.table({"x": [1]}).replace_schema_metadata({"kg.schema": "4"}), file)
    else:
        found = pq.read_table(file)
        pq.write_table(found.slice(1) if table in ("mentions", "merges") else found.drop_columns(["article"]) if
                       table != "articles" else found.drop_columns(["text"]), file)  # fmt: skip
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    named = r"part.0*1.*is damaged.*: restore it from a copy, or build again with --fresh"
    with pytest.raises(LedgerError, match=named):
        list(Ledger(tmp_path).records())
    with pytest.raises(LedgerError, match=named):
        Ledger(tmp_path).remove("a1") if damage != "rows" else list(Ledger(tmp_path).records())
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def write_as(version, tables, ledger, file):
    for name, table in tables.items():
        marked = table.replace_schema_metadata({"kg.table": name, "kg.schema": str(version)})
        pq.write_table(marked, ledger / name / file)


def as_version(folder, version):
    """Lay a ledger's parts out as an older version did: by hand, for it is that version's code that is gone."""
    ledger = folder / "ledger"
    for path in sorted((ledger / "articles").iterdir()):
        tables = {name: pq.read_table(ledger / name / path.name) for name in TABLES}
        tables["claims"] = tables["claims"].drop_columns(["ground", "numbers"])
        if version == 3:
            write_as(version, tables, ledger, path.name)
            continue
        merges, events = tables.pop("merges"), tables.pop("events")
        for name in ("entity", "reason", "score"):
            tables["mentions"] = tables["mentions"].append_column(name, merges[name])
        coded = {row["claim"]: row for row in events.to_pylist()}
        for name in ("type", "quad", "cameo", "goldstein", "mode"):
            values = [coded.get(id, {}).get(name) for id in tables["claims"]["id"].to_pylist()]
            column = pa.array(values, pa.float64() if name == "goldstein" else pa.string())
            tables["claims"] = tables["claims"].append_column(f"event_{name}", column)
        if version == 1:
            tables["entities"] = tables["entities"].drop_columns(["country_code", "latitude", "longitude"])
        write_as(version, tables, ledger, path.name)
    for name in ("merges", "events") if version < 3 else ():
        shutil.rmtree(ledger / name)
    parts = json.loads((ledger / "ledger.json").read_text())["parts"]
    manifest = {"schema": version, "parts": [{name: part[name] for name in ("part", "articles")} for part in parts]}
    (ledger / "ledger.json").write_text(json.dumps(manifest))


@pytest.mark.parametrize("version", [1, 2, 3])
def test_a_ledger_of_an_older_version_is_read_and_added_to(tmp_path, records, writer, version):
    place = Entity("Q1", "place", "Narva", country_code="EST", latitude=59.4, longitude=28.2)
    old = [replace(record, entities=(*record.entities, place)) for record in records]
    Ledger(tmp_path).append(old)
    as_version(tmp_path, version)
    known = place if version >= 2 else Entity("Q1", "place", "Narva")
    expected = [replace(record, entities=(*record.entities, known)) for record in records]
    assert list(Ledger(tmp_path).records()) == expected
    assert Ledger(tmp_path).knows(old[0].article)
    for number in range(3):
        article = writer(f"b{number}")
        article.claim("Russia", "warn", "NATO", event=Event("THREATEN", "verbal conflict"))
        expected.append(article.record())
        Ledger(tmp_path).append([article.record()])
        assert list(Ledger(tmp_path).records()) == expected
    assert Ledger(tmp_path).remove("a1")
    assert list(Ledger(tmp_path).records()) == expected[1:]


def test_an_older_ledger_of_one_article_can_be_emptied(tmp_path, records):
    Ledger(tmp_path).append(records[:1])
    as_version(tmp_path, 2)
    assert Ledger(tmp_path).remove("a1")
    assert Ledger(tmp_path).article_ids() == list(Ledger(tmp_path).records()) == []


def test_merges_and_events_have_tables_of_their_own(tmp_path, records):
    Ledger(tmp_path).append(records)
    merges = pq.read_table(tmp_path / "ledger" / "merges").to_pylist()
    assert merges[0] | {"entity": "Q212", "mention": "Ukraine", "reason": "by hand", "score": 1.0} == merges[0]
    assert len(merges) == sum(len(record.mentions) for record in records)
    events = pq.read_table(tmp_path / "ledger" / "events").to_pylist()
    coded = {claim.id: claim.event for record in records for claim in record.claims if claim.event}
    assert {row["claim"]: (row["type"], row["goldstein"]) for row in events} == {
        id: (event.type, event.goldstein) for id, event in coded.items()
    }


def test_a_damaged_manifest_is_named(tmp_path, records):
    Ledger(tmp_path).append(records)
    (tmp_path / "ledger" / "ledger.json").write_text("{")
    with pytest.raises(LedgerError, match=r"ledger\.json is damaged"):
        Ledger(tmp_path)


def test_a_newer_ledger_asks_for_an_upgrade(tmp_path, records):
    Ledger(tmp_path).append(records)
    manifest = tmp_path / "ledger" / "ledger.json"
    listing = json.loads(manifest.read_text())
    manifest.write_text(json.dumps(listing | {"schema": 99}))
    with pytest.raises(LedgerError, match="version 99.*upgrade kg"):
        Ledger(tmp_path)
    manifest.write_text(json.dumps(listing))
    file = tmp_path / "ledger" / "claims" / "part-000001.parquet"
    pq.write_table(pa.table({"id": ["c"]}).replace_schema_metadata({"kg.schema": "99"}), file)
    with pytest.raises(LedgerError, match="claims.*version 99.*upgrade kg"):
        list(Ledger(tmp_path).records())


def test_a_folder_without_a_ledger_is_refused_for_reading(tmp_path):
    with pytest.raises(LedgerError, match="holds no ledger: run `kg build`"):
        Ledger(tmp_path, create=False)
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_to_is_named(tmp_path, records):
    (tmp_path / "ledger").write_text("a file where a folder should be")
    with pytest.raises(LedgerError, match="cannot be written to"):
        Ledger(tmp_path).append(records)
