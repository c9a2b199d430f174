"""The table of events, as CSV and as Parquet."""

from __future__ import annotations

import csv
from pathlib import Path

import pyarrow.parquet as pq

from kg.graph import Graph
from kg.model import Argument, Article, Claim, Entity, Event, Participant, Record, Relation, Source, Span
from kg.views.tables import write_events

TEXT = "Rebels attacked Arland in Arvik. Rebels attacked Arland, its army said. Rebels did not attack Arland."
REBELS = Entity("x1", "group", "Rebels", sector="REB", country_code="ARL")
ARLAND = Entity("Q1", "country", "Arland", wikidata="Q1", country="Q1", sector="GOV", country_code="ARL")
ARVIK = Entity("Q6", "place", "Arvik", wikidata="Q6", country="Q1", country_code="ARL", latitude=10.5, longitude=-3.25)
EVENT = Event("ASSAULT", "material conflict", "190", -10.0)


def claim(id: str, sentence: str, **more) -> Claim:
    start = TEXT.index(sentence)
    verb = start + sentence.index("attack")
    return Claim(
        id=id,
        article="a",
        sentence=Span(start, start + len(sentence)),
        subject=Participant("Rebels", Span(start, start + 6), "x1", "Rebels", "group"),
        relation=Relation("attacked", Span(verb, verb + 6), "attack"),
        object=Participant("Arland", Span(verb + 9, verb + 15), "Q1", "Arland", "country"),
        event=EVENT,
        **more,
    )


def graph() -> Graph:
    place = TEXT.index("Arvik")
    said = TEXT.index("said")
    claims = (
        claim("c1", "Rebels attacked Arland in Arvik.", arguments=(
            Argument("place", "Arvik", Span(place, place + 5), entity="Q6"),)),
        claim("c2", "Rebels attacked Arland, its army said.", source=Source("said", Span(said, said + 4), text="army",
              span=Span(said - 5, said - 1))),
        claim("c3", "Rebels did not attack Arland.", polarity="negative"),
    )  # fmt: skip
    article = Article("a", TEXT, published="2022-02-01", url="https://news.example/a")
    return Graph.from_records([Record(article, (REBELS, ARLAND, ARVIK), (), claims)])


def test_a_row_has_what_users_of_event_data_know(tmp_path: Path) -> None:
    write_events(graph(), tmp_path / "events.csv")
    done, denied = sorted(csv.DictReader((tmp_path / "events.csv").open()), key=lambda row: row["negated"])
    expected = {
        "date": "2022-02-01", "precision": "publication", "dated_by": "publication",
        "source": "x1", "source_name": "Rebels", "source_country": "ARL", "source_sector": "REB",
        "target": "Q1", "target_name": "Arland", "target_country": "ARL", "target_sector": "GOV",
        "type": "ASSAULT", "quad": "material conflict", "cameo": "190", "goldstein": "-10.0", "negated": "false",
        "asserted": "true", "attributed_to": "army", "place": "Q6", "place_name": "Arvik", "place_country": "ARL",
        "latitude": "10.5", "longitude": "-3.25", "reports": "2", "articles": "1", "claims": "c1 | c2",
        "url": "https://news.example/a", "sentence": "Rebels attacked Arland in Arvik.",
    }  # fmt: skip
    assert {name: done[name] for name in expected} == expected
    assert (denied["negated"], denied["asserted"], denied["reports"], denied["place"]) == ("true", "false", "1", "")


def test_parquet_has_the_same_rows_with_their_types(tmp_path: Path) -> None:
    write_events(graph(), tmp_path / "events.csv")
    write_events(graph(), tmp_path / "events.parquet")
    table = pq.read_table(tmp_path / "events.parquet")
    with (tmp_path / "events.csv").open() as file:
        assert table.column_names == next(csv.reader(file))
    assert table.column("latitude").to_pylist().count(10.5) == 1
    assert sorted(table.column("reports").to_pylist()) == [1, 2]
    assert sorted(table.column("claims").to_pylist()) == [["c1", "c2"], ["c3"]]


def test_an_event_without_a_place_has_empty_cells(tmp_path: Path) -> None:
    claims = (claim("c3", "Rebels did not attack Arland."),)
    record = Record(article=Article(id="a", text=TEXT), entities=(REBELS, ARLAND), claims=claims)
    write_events(Graph.from_records([record]), tmp_path / "events.csv")
    (row,) = csv.DictReader((tmp_path / "events.csv").open(encoding="utf8", newline=""))
    assert (row["source"], row["place"], row["latitude"]) == ("x1", "", "")
