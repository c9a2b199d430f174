"""What each reader makes of its format: titles, text, fields, bad rows."""

from __future__ import annotations

import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Article, normalise_text
from kg.reading import Rejected, UnreadableError, article_from_text, read
from kg.reading.plain import split_front_matter, split_title

FIELDS = {
    "id": "a7",
    "title": "Envoy leaves",
    "published": "2022-02-01",
    "publisher": "The Daily",
    "url": "https://example.org/a7",
    "language": "en",
}


def article_in(path: Path) -> Article:
    (item,) = read([path])
    assert isinstance(item, Article), str(item)
    return item


def described(article: Article) -> dict[str, str | None]:
    return {field: getattr(article, field) for field in FIELDS}


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("/Envoy leaves\n\nEnvoy leaves\n\nShe left.", "Envoy leaves", "She left."),
        ("Envoy leaves\nEnvoy leaves\nShe left.", "Envoy leaves", "She left."),
        ("## Envoy  leaves\n\nENVOY LEAVES\n\n\nShe left.", "Envoy leaves", "She left."),
        ("“We leave,” says envoy\n\nShe left.", "“We leave,” says envoy", "She left."),
        ("Envoy leaves for U.S.\n\nShe left.", "Envoy leaves for U.S.", "She left."),
        ("Will the envoy leave?\r\n\r\nShe left.", "Will the envoy leave?", "She left."),
        ("The envoy left Kyiv.\n\nShe left.", None, "The envoy left Kyiv.\n\nShe left."),
        ("Envoy leaves\nShe left.", None, "Envoy leaves\nShe left."),
        ("Envoy leaves", None, "Envoy leaves"),
        (f"{'very ' * 50}long\n\nShe left.", None, f"{'very ' * 50}long\n\nShe left."),
        ("***\n\nShe left.", None, "***\n\nShe left."),
        ("Envoy\n\nEnvoy leaves at noon.", "Envoy", "Envoy leaves at noon."),
    ],
)
def test_the_title_of_a_text(text: str, title: str | None, body: str) -> None:
    article = article_from_text(text)
    assert (article.title, article.body) == (title, body)


def test_a_title_given_is_not_repeated() -> None:
    article = article_from_text("/Envoy leaves\n\nShe left.", title="Envoy leaves")
    assert article.text == "Envoy leaves\n\nShe left."


@given(st.text())
def test_splitting_a_title_loses_no_words(text: str) -> None:
    title, body = split_title(text)
    assert title is None or title in " ".join(text.split())
    assert body in text


@given(st.text(min_size=1))
def test_any_text_gives_an_article_or_a_clear_refusal(text: str) -> None:
    try:
        article = article_from_text(text)
    except UnreadableError as error:
        assert not normalise_text(text), "only spaces and what cannot be seen"
        assert error.remedy
    else:
        assert article.title is None or article.text.startswith(article.title)


def test_front_matter_is_no_rule_of_dashes() -> None:
    text = "---\nThe envoy left at noon\n---\nShe came back."
    assert split_front_matter(text) == ({}, text)


def test_a_text_file_with_front_matter(tmp_path: Path) -> None:
    head = "\n".join(f"{name}: {value}" for name, value in FIELDS.items())
    (tmp_path / "a.txt").write_text(f"---\n{head}\ntags:\n  - envoys\n---\n\nShe left.")
    article = article_in(tmp_path / "a.txt")
    assert described(article) == FIELDS
    assert article.body == "She left."


def test_markdown_loses_its_markup(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "---\ndate: 2022-02-01\n---\n# Envoy *leaves*\n\n![map](m.png)\n\nShe [left](x.html) **Kyiv**\non Friday.\n\n"
        "- first\n- second\n\n```\ncode\n```\n"
    )
    article = article_in(tmp_path / "a.md")
    assert article.title == "Envoy leaves"
    assert article.body == "She left Kyiv on Friday.\n\nfirst\n\nsecond"
    assert article.published == "2022-02-01"


def test_a_page_is_read_without_its_boilerplate(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        """<!doctype html><html lang="en-GB"><head><title>Envoy leaves | The Daily</title>
        <meta property="og:site_name" content="The Daily"><link rel="canonical" href="https://example.org/a7">
        <script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2022-02-01T08:00:00Z"}</script>
        <style>p {}</style></head><body><nav><p>Home</p></nav><p>Subscribe</p>
        <article><h1>Envoy leaves</h1><p>She left <b>Kyiv</b>, <a href="x">he said</a> &amp; slept.<p>It rained.
        <p><a href="y">Read more</a></p><aside>Advert</aside><script>track("x")</script></article>
        <footer>Imprint</footer></body></html>"""
    )
    article = article_in(tmp_path / "a.html")
    assert article.body == "She left Kyiv, he said & slept.\n\nIt rained."
    assert described(article) == FIELDS | {"id": "https://example.org/a7"}


def test_a_page_in_the_encoding_that_it_declares(tmp_path: Path) -> None:
    page = '<meta charset="windows-1252"><p>L’envoyé a quitté Genève.</p>'
    (tmp_path / "a.htm").write_bytes(page.encode("cp1252"))
    assert article_in(tmp_path / "a.htm").text == "L’envoyé a quitté Genève."


def test_a_page_with_a_date_that_is_not_iso_keeps_the_date_given(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text('<meta name="date" content="Feb 1"><p>She left.</p>')
    (article,) = read([tmp_path], published="2022")
    assert isinstance(article, Article) and article.published == "2022"


def test_rows_of_json_lines_and_their_rejections(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"text": "She left.", "id": "a7", "title": "Envoy leaves", "published": "2022-02-01", "publisher":'
        ' "The Daily", "url": "https://example.org/a7", "language": "en", "other": [1]}\n'
        "\n"
        "{broken\n"
        '["no", "object"]\n'
        '{"title": " ", "text": null}\n'
        '{"text": ["a", "b"]}\n'
        '{"text": "She \\ud800left.", "published": {"no": "date"}\n'
        '{"text": "/Talks resume\\n\\nTalks resume\\n\\nThey met.", "id": 8}\n'
    )
    first, *rejected, last = read([tmp_path / "a.jsonl"])
    assert isinstance(first, Article) and described(first) == FIELDS
    assert isinstance(last, Article) and (last.id, last.title, last.body) == ("8", "Talks resume", "They met.")
    assert all(isinstance(item, Rejected) for item in rejected)
    assert [item.path.rpartition(":")[2] for item in rejected] == ["3", "4", "5", "6", "7"]


def test_csv_with_quoted_line_breaks_and_a_bad_row(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(
        b"\xef\xbb\xbfID,Title,Text,published,publisher,url,language\r\n"
        b'a7,Envoy leaves,"She ""left"".\r\n\r\nIt rained.",2022-02-01,The Daily,https://example.org/a7,en\r\n'
        b"a8,,,2022-02-01,,,\r\n"
    )
    first, second = read([tmp_path / "a.csv"])
    assert isinstance(first, Article) and described(first) == FIELDS
    assert first.body == 'She "left".\n\nIt rained.'
    assert isinstance(second, Rejected) and second.path.endswith("a.csv:5")


def test_a_csv_field_may_be_long(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text\n" + "She left. " * 20_000 + "\n")
    assert len(article_in(tmp_path / "a.csv").text) > 131_072


def test_parquet_with_dates_and_nulls(tmp_path: Path) -> None:
    rows = [
        FIELDS | {"text": "She left.", "published": datetime.date(2022, 2, 1), "more": 1.5},
        {"text": None, "id": "a8", "title": None, "published": None, "publisher": None, "url": None, "language": None},
    ]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "a.parquet")
    first, second = read([tmp_path])
    assert isinstance(first, Article) and described(first) == FIELDS
    assert isinstance(second, Rejected) and second.path.endswith("a.parquet:2")


def test_the_same_text_is_the_same_article_in_every_format(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Envoy leaves\n\nShe left.")
    (tmp_path / "b.md").write_text("# Envoy leaves\n\nShe left.")
    (tmp_path / "c.jsonl").write_text('{"text": "Envoy leaves\\n\\nShe left."}\n')
    (tmp_path / "d.html").write_text("<h1>Envoy leaves</h1><p>She left.</p>")
    assert len({article.id for article in read([tmp_path]) if isinstance(article, Article)}) == 1
