"""What Python code may hand over as articles."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import ReadingError
from kg.model import Article
from kg.reading import Rejected, read_any

ROWS = [
    {"headline": "Laos opens dam", "body": "Laos opened a dam.", "date": "2 May 2023"},
    {"headline": None, "body": ""},
]


@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow", "list"])
def test_tables_of_any_library_give_the_same_articles(library: str) -> None:
    table: object = ROWS
    if library == "pandas":
        table = pytest.importorskip("pandas").DataFrame(ROWS)
    elif library == "polars":
        table = pytest.importorskip("polars").DataFrame(ROWS)
    elif library == "pyarrow":
        import pyarrow

        table = pyarrow.Table.from_pylist(ROWS)
    article, rejected = read_any(table)
    assert isinstance(article, Article) and isinstance(rejected, Rejected)
    assert (article.text, article.published) == ("Laos opens dam\n\nLaos opened a dam.", "2023-05-02")
    assert rejected.path == "given:2"


def test_everything_in_one_iterator(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Laos opened a dam.")
    given = Article.make(text="Fiji closed a port.")
    texts = iter(
        [
            tmp_path,
            str(tmp_path / "a.txt"),
            "Cuba bought wheat.",
            "Talks resume\n\nThey met",
            given,
            {"text": "Peru left."},
            7,
        ]
    )
    *articles, rejected = read_any(texts, published="2023-05-02")
    assert [item.text for item in articles if isinstance(item, Article)] == [
        "Laos opened a dam.", "Laos opened a dam.", "Cuba bought wheat.", "Talks resume\n\nThey met",
        "Fiji closed a port.", "Peru left.",
    ]  # fmt: skip
    assert articles[2].published == "2023-05-02" and given in articles
    assert isinstance(rejected, Rejected) and "is int" in rejected.reason


def test_one_of_each_alone(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Laos opened a dam.")
    for source in (tmp_path, str(tmp_path), {"text": "Laos opened a dam."}, Article.make(text="Laos opened a dam.")):
        (article,) = read_any(source)
        assert isinstance(article, Article) and article.text == "Laos opened a dam."


def test_a_string_alone_that_is_no_path_says_so() -> None:
    with pytest.raises(ReadingError, match="put texts into a list"):
        read_any("Laos opened a dam.")
    with pytest.raises(ReadingError, match="NoneType"):
        read_any(None)
    (item,) = read_any(["nowhere.txt"])
    assert isinstance(item, Rejected) and item.reason == "does not exist"
