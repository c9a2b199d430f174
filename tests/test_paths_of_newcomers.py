"""The three ways in of docs/paths.md, run as they are written on twenty mixed files; and what those files give."""

from __future__ import annotations

import gzip
import importlib.util
import io
import json
import mailbox
import re
import shlex
from pathlib import Path
from types import ModuleType

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from kg.cli import app
from kg.model import Article
from kg.reading import read

for library in ("docx", "feedparser", "openpyxl", "pandas", "pypdf", "striprtf", "warcio"):
    pytest.importorskip(library)

PAGE = Path(__file__).parents[1] / "docs" / "paths.md"
SECTION = re.compile(r"^## (?P<name>.+)\n(?P<body>(?:(?!^## ).*\n)*)", re.MULTILINE)
BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
SECTIONS = {found["name"]: found["body"] for found in SECTION.finditer(PAGE.read_text(encoding="utf-8"))}
NEWCOMERS = [name for name in SECTIONS if name.startswith(("A ", "An "))]


SENTENCES = [
    "Ghana accused Togo of smuggling cement.", "Kenya expelled two Sudanese diplomats.", "Chile signed a pact.",
    "Egypt sent an aid ship to Libya.", "Poland closed its border.", "Qatar freed six Ethiopian fishermen.",
    "Laos rejected a proposal of Vietnam.", "Fiji threatened Tonga with sanctions.", "Japan condemned North Korea.",
    "Peru recalled its ambassador from Honduras.", "Cuba bought wheat from Russia.", "India warned Pakistan on Monday.",
    "Brazil urged Venezuela to hold elections.", "Norway promised weapons to Ukraine.", "Mali left the bloc on Friday.",
    "Iraq cut off gas to Syria.", "Nepal thanked China for its help.", "Spain criticised Morocco.",
    "Oman mediated between Iran and Yemen.", "Turkey attacked positions in northern Syria.",
]  # fmt: skip


def documents_of_tests() -> ModuleType:
    """The small texts of press archives and the PDF that the readers' own tests have."""
    path = Path(__file__).with_name("reading") / "test_documents.py"
    spec = importlib.util.spec_from_file_location("documents_of_tests", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def write_mixed(folder: Path) -> None:
    """Write the twenty files into a folder."""
    import docx
    import openpyxl
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    folder.mkdir(parents=True, exist_ok=True)
    texts = iter(SENTENCES)
    documents = documents_of_tests()
    (folder / "01.txt").write_text(f"Smuggling at the border\n\n{next(texts)}")
    (folder / "02.md").write_text(f"# Diplomats *leave*\n\n{next(texts)}")
    (folder / "03.html").write_text(
        f"<title>Pact | Daily</title><nav><a href='/'>Iran attacks Israel</a></nav><h1>Pact</h1><p>{next(texts)}</p>"
    )
    (folder / "04.htm").write_bytes(f"<meta charset=windows-1252><p>“Help” — {next(texts)}</p>".encode("cp1252"))
    (folder / "05.txt").write_bytes(f"A café owner spoke. {next(texts)}".encode("cp1252"))
    (folder / "06.txt").write_bytes(next(texts).encode("utf-16"))
    (folder / "07.json").write_text(
        json.dumps({"articles": [{"source": {"name": "Daily"}, "title": "A", "content": f"{next(texts)} [+90 chars]"}]})
    )
    (folder / "08.jsonl").write_text(json.dumps({"text": next(texts), "date": "Tue, 05 Mar 2024 09:00:00 GMT"}) + "\n")
    (folder / "09.csv").write_text(f'title;content;date\nB;"{next(texts)}";05 March 2024\n')
    (folder / "10.tsv").write_text(f"headline\tbody\tpublication_date\nC\t{next(texts)}\t20240305\n")
    pq.write_table(pa.table({"maintext": [next(texts)], "date_publish": [1709629953]}), folder / "11.parquet")
    book = openpyxl.Workbook()
    for row in (["Title", "Content"], ["D", next(texts)]):
        book.active.append(row)
    book.save(folder / "12.xlsx")
    (folder / "13.rss").write_text(
        f"<rss version='2.0'><channel><title>W</title><item><title>E</title><description>{next(texts)}</description>"
        "</item></channel></rss>"
    )
    (folder / "14.xml").write_text(documents.ATOM)
    mail = documents.mail("Weapons", next(texts))
    (folder / "15.eml").write_bytes(mail.as_bytes())
    box = mailbox.mbox(folder / "16.mbox")
    box.add(documents.mail("The bloc is smaller", next(texts)))
    box.flush()
    (folder / "17.pdf").write_bytes(documents.pdf_of([["A note of the ministry", "", next(texts)]]))
    document = docx.Document()
    document.add_paragraph(next(texts))
    document.save(folder / "18.docx")
    (folder / "19.rtf").write_text(rf"{{\rtf1\ansi {next(texts)}\par }}")
    page = f"<title>F</title><h1>F</h1><p>{next(texts)}</p>".encode()
    with (folder / "20.warc.gz").open("wb") as stream:
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        writer = WARCWriter(stream, gzip=True)
        record = writer.create_warc_record("https://example.org/f", "response", io.BytesIO(page), http_headers=headers)
        writer.write_record(record)
    assert gzip.decompress((folder / "20.warc.gz").read_bytes())


def blocks(section: str, language: str) -> list[str]:
    return [found["code"] for found in BLOCK.finditer(SECTIONS[section]) if found["language"] == language]


def run(command: str) -> str:
    result = CliRunner().invoke(app, shlex.split(command)[1:])
    assert result.exit_code == 0, f"{command}\n{result.stderr}\n{result.exception!r}"
    return result.stdout


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("newcomer")
    write_mixed(folder / "articles")
    return folder


def test_twenty_mixed_files_are_read(place: Path) -> None:
    notes: list[str] = []
    items = list(read([place / "articles"], note=lambda note: notes.append(str(note))))
    rejected = [str(item) for item in items if not isinstance(item, Article)]
    assert len(rejected) == 1 and "14.xml:2" in rejected[0], rejected
    text = "\n".join(item.text for item in items if isinstance(item, Article))
    assert [sentence for sentence in SENTENCES if sentence not in text] == SENTENCES[19:]
    assert "attacks Israel" not in text
    assert any("05.txt: is not UTF-8" in note for note in notes)


@pytest.mark.parametrize("name", NEWCOMERS)
def test_a_newcomers_path_takes_five_commands_that_run(
    name: str, place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(place)
    commands = [line for code in blocks(name, "sh") for line in code.splitlines()]
    assert 2 <= len(commands) <= 5 and commands[0].startswith("python -m pip install")
    printed = [run(command) for command in commands[1:]]
    assert all(printed[1:]) or "export" in "".join(commands) or "validate" in "".join(commands)
    report = json.loads((place / "output" / "report.json").read_text())
    assert report["articles"] >= 20 and report["events"] >= 8
    for code in blocks(name, "python"):
        exec(compile(code, str(PAGE), "exec"), {})
        assert "source_country" in capsys.readouterr().out


def test_the_fifteen_lines_of_python_run(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(place)
    (code,) = blocks("In fifteen lines of Python", "python")
    exec(compile(code, str(PAGE), "exec"), {})
    out = capsys.readouterr().out
    assert out.startswith("Graph(articles=2") and "Laos rejects" in out and "THREATEN" in out
    assert (place / "threats.html").exists() and (place / "for-gephi" / "graph.gexf").exists()
