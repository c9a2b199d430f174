"""Tables and JSON as news services and data sets deliver them: their columns, dates, encodings and broken rows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.model import Article
from kg.reading import Note, Rejected, read

NEWSAPI = (
    "source,author,title,description,url,urlToImage,publishedAt,content\n"
    "\"{'id': None, 'name': 'The Daily'}\",A. Author,Oman frees sailors - The Daily,Oman freed them.,"
    'https://example.org/o1,,2023-05-02T07:00:00Z,"Oman freed nine sailors on Tuesday. They had been held si…'
    ' [+900 chars]"\n'
)
ACLED = (
    "event_id_cnty,event_date,event_type,actor1,actor2,country,source,notes,fatalities\n"
    'NIR9,17 May 2023,Protests,Farmers,,Nigeria,Daily Trust,"On 17 May 2023, farmers protested in Jos.",0\n'
)
UCDP = (
    "id,relid,year,source_office,source_date,source_headline,side_a,side_b,date_start\n"
    "44,ETH-1,2022,AFP,2022-10-11,Ethiopia says rebels attacked Kobo,Government,TPLF,2022-10-10\n"
)
ALL_THE_NEWS_2 = (
    ",date,year,month,day,author,title,article,url,section,publication\n"
    '0,2019-06-01 00:00:00,2019,6,1,,Laos opens dam,"Laos opened a dam on Saturday.",https://example.org/l,w,Reuters\n'
)
FACTIVA = (
    "an,title,body,snippet,publication_date,publisher_name,source_code,language_code\n"
    "DJ00,Fiji hires pilots,The pilots will fly to Suva.,,1683014400000,The Fiji Times,FT,en\n"
)
NEXIS = (
    "Headline,Hlead,Full Text,Published Date,Publication\n"
    'Cuba buys wheat,Cuba bought wheat from Russia.,The wheat will come by ship.,"May 2, 2023 Tuesday",The Post\n'
)
EVENT_REGISTRY = json.dumps(
    {
        "articles": {
            "page": 1,
            "results": [
                {
                    "uri": "777",
                    "lang": "eng",
                    "dateTimePub": "2023-05-02T08:00:00Z",
                    "url": "https://example.org/e",
                    "title": "Iraq cuts gas to Syria",
                    "body": "Iraq cut off gas to Syria on Tuesday.",
                    "source": {"uri": "example.org", "title": "Example News"},
                }
            ],
        }
    }
)
GNEWS = json.dumps(
    {
        "totalArticles": 1,
        "articles": [
            {
                "title": "Iraq cuts gas to Syria",
                "description": "Iraq cut off gas to Syria.",
                "content": "Iraq cut off gas... [1500 chars]",
                "url": "https://example.org/g",
                "publishedAt": "2023-05-02T08:00:00Z",
                "source": {"name": "Example News", "url": "https://example.org"},
            }
        ],
    }
)
GUARDIAN = json.dumps(
    {
        "response": {
            "status": "ok",
            "results": [
                {
                    "id": "world/1",
                    "webTitle": "Iraq cuts gas",
                    "webPublicationDate": "2023-05-02T08:00:00Z",
                    "webUrl": "https://example.org/u",
                    "fields": {"body": "<p>Iraq cut off gas.</p><p>Syria &amp; Iran protested.</p>"},
                }
            ],
        }
    }
)


def read_all(path: Path, **options: object) -> tuple[list[Article], list[Rejected], list[str]]:
    notes: list[Note] = []
    items = list(read([path], note=notes.append, **options))  # type: ignore[arg-type]
    articles = [item for item in items if isinstance(item, Article)]
    return articles, [item for item in items if isinstance(item, Rejected)], [str(note) for note in notes]


def the_article(path: Path, **options: object) -> Article:
    articles, rejected, _ = read_all(path, **options)
    assert not rejected, rejected
    (article,) = articles
    return article


@pytest.mark.parametrize(
    ("name", "content", "title", "body", "published", "publisher", "id"),
    [
        ("newsapi.csv", NEWSAPI, "Oman frees sailors", "Oman freed nine sailors on Tuesday.", "2023-05-02", "The Daily",
         "https://example.org/o1"),
        ("acled.csv", ACLED, None, "On 17 May 2023, farmers protested in Jos.", "2023-05-17", "Daily Trust", "NIR9"),
        ("ucdp.csv", UCDP, "Ethiopia says rebels attacked Kobo", "", "2022-10-11", "AFP", "44"),
        ("news2.csv", ALL_THE_NEWS_2, "Laos opens dam", "Laos opened a dam on Saturday.", "2019-06-01", "Reuters",
         "https://example.org/l"),
        ("factiva.csv", FACTIVA, "Fiji hires pilots", "The pilots will fly to Suva.", "2023-05-02", "The Fiji Times",
         "DJ00"),
        ("nexis.csv", NEXIS, "Cuba buys wheat",
         "Cuba bought wheat from Russia.\n\nThe wheat will come by ship.", "2023-05-02", "The Post", None),
        ("registry.json", EVENT_REGISTRY, "Iraq cuts gas to Syria", "Iraq cut off gas to Syria on Tuesday.",
         "2023-05-02", "Example News", "777"),
        ("gnews.json", GNEWS, "Iraq cuts gas to Syria", "Iraq cut off gas to Syria.", "2023-05-02", "Example News",
         "https://example.org/g"),
        ("guardian.json", GUARDIAN, "Iraq cuts gas", "Iraq cut off gas.\n\nSyria & Iran protested.", "2023-05-02", None,
         "world/1"),
    ],
)  # fmt: skip
def test_the_columns_of_news_services_are_known(
    tmp_path: Path, name: str, content: str, title: str | None, body: str, published: str, publisher: str, id: str
) -> None:
    (tmp_path / name).write_text(content)
    article = the_article(tmp_path / name)
    assert (article.title, article.body, article.published, article.publisher) == (title, body, published, publisher)
    assert id is None or article.id == id


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_any_mark_between_cells(tmp_path: Path, mark: str) -> None:
    (tmp_path / "a.csv").write_text(f'title{mark}text\nLaos, Fiji{mark}"A; B, C | D\tE"\n'.replace("Laos,", "Laos"))
    assert the_article(tmp_path / "a.csv").body == "A; B, C | D E"


def test_columns_may_be_named_and_what_is_missing_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("heading,words,when\nLaos opens dam,Laos opened a dam.,2 May 2023\n")
    _, (rejected,), _ = read_all(tmp_path / "a.csv")
    assert "'heading', 'words', 'when'" in rejected.reason
    assert "--column text=NAME" in rejected.remedy
    columns = {"text": "words", "title": "heading", "published": "when"}
    article = the_article(tmp_path / "a.csv", columns=columns)
    assert (article.title, article.body, article.published) == ("Laos opens dam", "Laos opened a dam.", "2023-05-02")
    _, (rejected,), _ = read_all(tmp_path / "a.csv", columns={"text": "prose"})
    assert rejected.reason == "has no column 'prose'"


@pytest.mark.parametrize(
    ("others", "expected", "noted"),
    [([], "2024-03-05", True), (["17/03/2024"], "2024-03-05", False), (["03/17/2024"], "2024-05-03", False)],
)
def test_other_dates_of_a_table_tell_day_from_month(
    tmp_path: Path, others: list[str], expected: str, noted: bool
) -> None:
    rows = [f"Laos opened dam {n}.,{date}" for n, date in enumerate(["05/03/2024", *others])]
    (tmp_path / "a.csv").write_text("\n".join(["text,published", *rows]) + "\n")
    articles, _, notes = read_all(tmp_path / "a.csv")
    assert articles[0].published == expected
    assert any("two readings" in note for note in notes) is noted
    settled, _, notes = read_all(tmp_path / "a.csv", date_order="mdy")
    assert settled[0].published == "2024-05-03" and not notes


def test_a_date_that_cannot_be_read_costs_the_date_alone(tmp_path: Path) -> None:
    rows = "".join(f'{{"text": "Laos opened dam {n}.", "published": "some day {n}"}}\n' for n in range(9))
    (tmp_path / "a.jsonl").write_text(rows)
    articles, rejected, notes = read_all(tmp_path / "a.jsonl")
    assert len(articles) == 9 and not rejected
    assert {article.published for article in articles} == {None}
    assert notes[0].startswith(f"{tmp_path / 'a.jsonl'}:1: has no date that can be read: 'some day 0'")
    assert len(notes) == 4 and "6 more rows" in notes[-1]


@pytest.mark.parametrize(
    "first", [b"{broken", b"\xff\xfe\xfa\xfb", b"\x00\x01\x02", b"[1]", b'{"text": ["a"]}', b"9" * 5000]
)
def test_a_bad_first_line_does_not_lose_the_file(tmp_path: Path, first: bytes) -> None:
    (tmp_path / "a.jsonl").write_bytes(first + b'\n{"text": "Laos opened a dam."}\n')
    articles, rejected, _ = read_all(tmp_path / "a.jsonl")
    assert [article.text for article in articles] == ["Laos opened a dam."]
    assert [item.path for item in rejected] == [f"{tmp_path / 'a.jsonl'}:1"]


def test_a_quotation_mark_that_nobody_closed_costs_one_row(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        'title,text\nA,"Laos opened a dam.\nB,Fiji closed a port.\nC,"Cuba sold, then bought\n\nwheat."\n'
        'D,"Oman said "no" again."\nE,too,many\n'
    )
    articles, rejected, _ = read_all(tmp_path / "a.csv")
    assert [article.title for article in articles] == ["B", "C", "D"]
    assert [item.path.rpartition(":")[2] for item in rejected] == ["2", "8"]


def test_json_lines_in_a_file_that_is_named_json(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"text": "Laos opened a dam."}\n{"text": "Fiji closed a port."}\nbad\n')
    articles, rejected, _ = read_all(tmp_path / "a.json")
    assert len(articles) == 2 and rejected[0].path.endswith(":3")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('{"a": 1}', "holds no articles"),
        ("{", "is no JSON"),
        ("[]", "holds no articles"),
        ("[" * 100_000, "is no JSON"),
    ],
)
def test_json_without_articles_is_refused(tmp_path: Path, content: str, reason: str) -> None:
    (tmp_path / "a.json").write_text(content)
    _, (rejected,), _ = read_all(tmp_path / "a.json")
    assert reason in rejected.reason


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig", "cp1252", "utf-32"])
@pytest.mark.parametrize("name", ["a.csv", "a.txt", "a.jsonl", "a.html"])
def test_encodings_are_told_by_their_marks_or_guessed(tmp_path: Path, name: str, encoding: str) -> None:
    sentence = "The envoy said “no” in Orléans, and left for Genève on Monday."
    content = {"a.csv": f'text\n"{sentence}"\n', "a.jsonl": json.dumps({"text": sentence}, ensure_ascii=False) + "\n"}
    (tmp_path / name).write_bytes(content.get(name, sentence).encode(encoding))
    articles, rejected, notes = read_all(tmp_path / name)
    assert [article.text for article in articles] == [sentence], rejected
    assert any("by guess" in note for note in notes) is (encoding in ("cp1252", "utf-16-le"))


def test_another_alphabet_is_guessed_and_an_encoding_may_be_named(tmp_path: Path) -> None:
    words = "Президент России заявил в понедельник, что войска не будут выведены из города до конца недели. " * 3
    (tmp_path / "a.txt").write_bytes(words.encode("cp1251"))
    (article,), _, notes = read_all(tmp_path / "a.txt")
    assert article.text == words.strip() and article.language == "ru"
    assert "windows-1251" in notes[0]
    (tmp_path / "b.txt").write_bytes(words.encode("koi8-r"))
    (article,), _, notes = read_all(tmp_path / "b.txt", encoding="koi8-r")
    assert article.text == words.strip() and not notes


def test_a_headline_alone_is_an_article_and_noted(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "url,title,seendate,domain,language\n"
        "https://example.org/x,Fiji closes port,20230502T101500Z,example.org,English\n"
    )
    (article,), _, notes = read_all(tmp_path / "a.csv")
    assert (article.text, article.language) == ("Fiji closes port", "en")
    assert any("read as headlines" in note for note in notes)
    assert any("columns by their names: title=title" in note for note in notes)


def test_an_excel_sheet(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    import datetime

    book = openpyxl.Workbook()
    book.active.append(["Title", "Content", "Date"])
    book.active.append(["Fiji closes port", "Fiji closed a port.", datetime.datetime(2023, 5, 2, 9)])
    book.active.append([None, None, None])
    book.active.append(["", 7.5, None])
    book.save(tmp_path / "a.xlsx")
    (article,), (rejected,), _ = read_all(tmp_path / "a.xlsx")
    assert (article.title, article.body, article.published) == ("Fiji closes port", "Fiji closed a port.", "2023-05-02")
    assert rejected.path.endswith("a.xlsx:4")
    (tmp_path / "b.xlsx").write_bytes(b"PK no workbook")
    _, (rejected,), _ = read_all(tmp_path / "b.xlsx")
    assert "is no readable Excel workbook" in rejected.reason
