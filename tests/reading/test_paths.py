"""Files, folders and standard input, good and bad: what is rejected, and that the rest goes on."""

from __future__ import annotations

import io
from pathlib import Path
from types import SimpleNamespace

import pytest

from kg.errors import ReadingError
from kg.model import Article
from kg.reading import Rejected, read

SEEDS = Path(__file__).parents[2] / "seeds"


def only_rejection(path: Path | str) -> Rejected:
    (item,) = read([path])
    assert isinstance(item, Rejected)
    return item


def titles(items: object) -> list[str | None]:
    return [item.title for item in items if isinstance(item, Article)]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b" \n\t\n", "holds no text"),
        ("mark-alone.txt", b"\xef\xbb\xbf\n", "holds no text"),
        ("binary.txt", b"\x7fELF\x02\x01\x00\x00", "is binary"),
        ("controls.txt", bytes(range(1, 32)) * 4, "is binary"),
        ("no-suffix", b"The envoy left.", "has no suffix"),
        ("book.epub", b"PK", "has the suffix '.epub', which no reader knows"),
        ("empty.jsonl", b"\n\n", "holds no articles"),
        ("binary.jsonl", b"\x00\x01\x02", "is binary"),
        ("no-text.csv", b"name,weight\nA,B\n", "has no column 'text'"),
        ("header.csv", b"title,text\n", "holds no articles"),
        ("broken.parquet", b"PAR1 and no more", "is no readable Parquet file"),
        ("menu.html", b"<html><body><nav>Home</nav><a href='/'>Top</a></body></html>", "holds no words outside menus"),
    ],
)
def test_a_bad_file_is_rejected_with_reason_and_remedy(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(content)
    rejected = only_rejection(tmp_path / name)
    assert rejected.path == str(tmp_path / name)
    assert reason in rejected.reason
    assert rejected.remedy
    assert "\n" not in str(rejected)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("nowhere.txt", "does not exist"),
        ("nowhere/", "does not exist"),
        ("https://example.org/a", "is a web address"),
        ("x" * 5000, "cannot be read"),
    ],
)
def test_a_path_that_leads_nowhere_is_rejected(path: str, reason: str) -> None:
    assert reason in only_rejection(path).reason


def test_an_empty_folder_is_rejected(tmp_path: Path) -> None:
    (tmp_path / ".hidden").write_text("The envoy left.")
    assert only_rejection(tmp_path).reason == "is a folder without files"


def test_folders_are_walked_in_order_and_bad_files_stop_nothing(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "deeper/c.txt", ".git/d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"Headline {Path(name).stem}\n\nThe envoy left.")
    (tmp_path / "aa.txt").write_bytes(b"")
    items = list(read([tmp_path, "nowhere.txt", tmp_path / "a.txt"]))
    assert titles(items) == ["Headline a", "Headline b", "Headline c", "Headline a"]
    assert [Path(item.path).name for item in items if isinstance(item, Rejected)] == ["aa.txt", "nowhere.txt"]


def test_the_sample_has_its_title_once_and_a_date(tmp_path: Path) -> None:
    (article,) = read([SEEDS], published="2022-02-01")
    assert isinstance(article, Article)
    assert article.title is not None and article.title[0].isalpha()
    assert article.text.count(article.title) == 1
    assert article.text.startswith(f"{article.title}\n\n")
    assert article.published == "2022-02-01"


def test_a_date_of_its_own_is_kept(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\npublished: 2021-05-06\n---\nThe envoy left.")
    (article,) = read([tmp_path], published="2022-02-01")
    assert isinstance(article, Article) and article.published == "2021-05-06"


@pytest.mark.parametrize("date", ["yesterday", "2022-13-01", "2022-02-30", "01/02/2022", "2022-02-01T25:00", ""])
def test_the_date_given_must_be_iso(date: str) -> None:
    if date:
        with pytest.raises(ReadingError, match="ISO 8601"):
            read([], published=date)
    else:
        assert list(read([], published=date)) == []


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        (b"Envoy leaves\n\nShe left.", "Envoy leaves"),
        (b'{"text": "She left.", "title": "Envoy leaves"}\n', "Envoy leaves"),
        (b"<h1>Envoy leaves</h1><p>She left.</p>", "Envoy leaves"),
    ],
)
def test_standard_input_shows_its_format(monkeypatch: pytest.MonkeyPatch, raw: bytes, title: str) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(raw)))
    assert titles(read(["-"])) == [title]


def test_empty_standard_input_is_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"")))
    assert only_rejection("-").reason == "is empty"
