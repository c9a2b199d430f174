"""How claims are listed: a line each that fits its reader, or statements under their sentences."""

from __future__ import annotations

import csv
import io

import pytest

import kg
from kg.listing import ClaimFormat, print_records
from kg.reading import Rejected

LONG = "the permanent representative of the Federated States of Micronesia to the United Nations Office in Geneva"


@pytest.fixture(scope="module")
def records() -> list[kg.Record]:
    texts = [
        "Laos threatened Vietnam on Monday. Fiji said that Tonga might leave.",
        f"Peru criticised {LONG}.",
        "It rained.",
    ]
    return [kg.extract(text, published="2023-05-02", pipeline="small") for text in texts]


def test_a_table_has_a_line_a_claim_and_is_no_wider_than_its_reader(
    records: list[kg.Record], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.listing.WIDTH_OF_A_PIPE", 80)
    tally = print_records([*records, Rejected("a.txt", "is empty", "fill it")], ClaimFormat.TABLE)
    printed = capsys.readouterr()
    lines = printed.out.splitlines()
    assert (tally.read, tally.rejected) == (3, 1) and "a.txt: is empty" in printed.err
    assert max(map(len, lines)) <= 80
    claims = sum(len(record.claims) for record in records)
    with_claims = sum(bool(record.claims) for record in records)
    assert len([line for line in lines if line]) == claims + 3 * with_claims
    assert any(line.startswith("Laos") and "THREATEN" in line and "2023-05-01" in line for line in lines)


def test_text_reads_as_statements_under_each_sentence(
    records: list[kg.Record], capsys: pytest.CaptureFixture[str]
) -> None:
    print_records(records, ClaimFormat.TEXT)
    out = capsys.readouterr().out
    assert "Laos threatened Vietnam on Monday.\n    · Laos threatens Vietnam" in out
    assert "according to Fiji" in out


def test_csv_has_every_claim_whole(records: list[kg.Record], capsys: pytest.CaptureFixture[str]) -> None:
    print_records(records, ClaimFormat.CSV)
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) == sum(len(record.claims) for record in records)
    assert {row["sentence"] for row in rows} >= {f"Peru criticised {LONG}."}
