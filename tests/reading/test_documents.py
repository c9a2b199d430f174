"""Feeds, mails, documents, exports of press archives and web archives: small real files of each kind."""

from __future__ import annotations

import gzip
import io
import mailbox
from email.message import EmailMessage
from pathlib import Path

import pytest

from kg.model import Article
from kg.reading import Rejected, read
from kg.reading.archives import rows_of_export

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>World</title>
<entry><title>Laos opens dam</title><link href="https://example.org/l"/><updated>2023-05-02T08:00:00Z</updated>
<content type="html">&lt;p&gt;Laos opened a dam.&lt;/p&gt;&lt;p&gt;Vietnam protested.&lt;/p&gt;</content></entry>
<entry><title></title><updated>2023-05-02T08:00:00Z</updated></entry></feed>"""
NEXIS_NEW = """Laos opens dam on the Mekong
The Daily Post (London)
May 2, 2023 Tuesday 10:00 AM GMT

Copyright 2023 Post Newspapers All Rights Reserved
Section: WORLD NEWS
Length: 532 words
Byline: A. Writer
Body

Laos opened a dam on the Mekong on Tuesday.

Vietnam protested.

Load-Date: May 2, 2023

End of Document

Fiji closes port
The Daily Post (London)
May 3, 2023 Wednesday

Copyright 2023 Post Newspapers
Length: 90 words
Body

Fiji closed the port of Suva.

End of Document
"""
NEXIS_OLD = """                               1 of 2 DOCUMENTS

                             The Evening Star

                              May 2, 2023 Tuesday

Laos opens dam on the Mekong

BYLINE: By A. Writer

LENGTH: 210 words

DATELINE: VIENTIANE

 Laos opened a dam on the Mekong on Tuesday.

LOAD-DATE: May 2, 2023

LANGUAGE: ENGLISH

                        Copyright 2023 The Evening Star

                               2 of 2 DOCUMENTS

                             The Evening Star

                              May 3, 2023 Wednesday

Fiji closes port

LENGTH: 80 words

 Fiji closed the port of Suva.

LANGUAGE: ENGLISH
"""
FACTIVA_SHOWN = """World
Laos opens dam on the Mekong

By A. Writer
532 words
2 May 2023
The Morning Bulletin
MORB
English
(c) 2023 Morning Bulletin Limited.

Laos opened a dam on the Mekong on Tuesday.

Vietnam protested.

Document MORB000020230502ej5200001

Fiji closes port

90 words
3 May 2023
The Morning Bulletin
MORB
English
(c) 2023 Morning Bulletin Limited.

Fiji closed the port of Suva.

Document MORB000020230503ej5300002
"""
FACTIVA_CODED = """HD   Laos opens dam on the Mekong
BY   By A. Writer
WC   532 words
PD   2 May 2023
SN   The Morning Bulletin
SC   MORB
LA   English
CY   (c) 2023 Morning Bulletin Limited.
LP
Laos opened a dam on the Mekong on Tuesday.

TD
Vietnam protested.

NS   gpol : Politics
AN   Document MORB000020230502ej5200001

HD   Fiji closes port
PD   3 May 2023
SN   The Morning Bulletin
LA   English
LP
Fiji closed the port of Suva.
AN   Document MORB000020230503ej5300002
"""


def articles_in(path: Path) -> list[Article]:
    items = list(read([path]))
    assert all(isinstance(item, Article) for item in items), items
    return [item for item in items if isinstance(item, Article)]


def pdf_of(pages: list[list[str]]) -> bytes:
    """A PDF of some pages of lines, written by hand: a text layer in Helvetica."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, lines in enumerate(pages):
        shown = " T* ".join(f"({line}) Tj" for line in lines)
        stream = f"BT /F1 11 Tf 14 TL 72 720 Td {shown} ET" if lines else "0 0 m 9 9 l S"
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>",
            f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        ]
    out, places = "%PDF-1.4\n", list[int]()
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    out += (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n"
    )
    return (out + "%%EOF\n").encode("latin-1")


def test_an_atom_feed(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(ATOM)
    article, rejected = read([tmp_path / "a.xml"])
    assert isinstance(article, Article) and isinstance(rejected, Rejected)
    assert (article.title, article.body) == ("Laos opens dam", "Laos opened a dam.\n\nVietnam protested.")
    assert (article.published, article.publisher, article.url) == ("2023-05-02", "World", "https://example.org/l")
    assert rejected.path.endswith("a.xml:2")


def test_xml_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<?xml version='1.0'?><urlset><url>x</url></urlset>")
    (tmp_path / "b.rss").write_text("no feed at all")
    first, second = read([tmp_path])
    assert isinstance(first, Rejected) and "no feed and no page" in first.reason
    assert isinstance(second, Rejected) and "is no feed" in second.reason


def mail(subject: str, text: str, *, html: str | None = None) -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["From"] = subject, "Foreign Ministry <press@example.org>"
    message["Date"], message["Message-ID"] = "Tue, 02 May 2023 09:00:00 +0200", f"<{len(subject)}@example.org>"
    message.set_content(text, charset="utf-8")
    if html:
        message.add_alternative(html, subtype="html")
    return message


def test_a_mail_and_a_mailbox(tmp_path: Path) -> None:
    first = mail(
        "Fwd: Laos opens dam", "Laos opened a dam.\n\nVietnam protested.\n\n-- \nPress office\n", html="<p>No</p>"
    )
    second = EmailMessage()
    second["Subject"], second["Date"] = "=?utf-8?q?Fiji_closes_port?=", "no date"
    second.set_content("<p>Fiji closed the port of Suva.</p>", subtype="html")
    (tmp_path / "a.eml").write_bytes(first.as_bytes())
    box = mailbox.mbox(tmp_path / "b.mbox")
    box.add(first)
    box.add(second)
    box.flush()
    one, two, three = articles_in(tmp_path)
    assert (one.title, one.body, one.published) == (
        "Laos opens dam", "Laos opened a dam.\n\nVietnam protested.", "2023-05-02"
    )  # fmt: skip
    assert (one.publisher, one.id) == ("Foreign Ministry", "19@example.org")
    assert two.text == one.text
    assert (three.title, three.body, three.published) == ("Fiji closes port", "Fiji closed the port of Suva.", None)


def test_a_pdf_with_running_heads_and_cut_words(tmp_path: Path) -> None:
    pytest.importorskip("pypdf")
    head = "Ministry of Foreign Affairs"
    pages = [
        [head, "Laos opens dam on the Mekong", "", "The govern-", "ment of Laos opened a dam on the Mekong and",
         "invited its neighbours.", "1"],
        [head, "Vietnam protested against the dam in a note that", "it handed over in Vientiane.", "2"],
        [head, "Thailand said that it would buy the power of the", "dam from next year.", "3"],
    ]  # fmt: skip
    (tmp_path / "a.pdf").write_bytes(pdf_of(pages))
    (article,) = articles_in(tmp_path)
    assert "The government of Laos opened a dam on the Mekong and invited its neighbours." in article.text
    assert "Vietnam protested against the dam in a note that it handed over in Vientiane." in article.text
    assert head not in article.body and "3" not in article.body


def test_a_pdf_of_pictures_or_none_at_all_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("pypdf")
    (tmp_path / "a.pdf").write_bytes(pdf_of([[]]))
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7 and no more")
    first, second = read([tmp_path])
    assert isinstance(first, Rejected) and "no text layer" in first.reason and "ocrmypdf" in first.remedy
    assert isinstance(second, Rejected) and "no readable PDF" in second.reason


def test_a_word_document_with_a_table(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_heading("Laos opens dam", level=0)
    document.add_paragraph("Laos opened a dam.")
    document.add_table(rows=1, cols=1).cell(0, 0).text = "Vietnam protested."
    document.save(tmp_path / "a.docx")
    (tmp_path / "b.docx").write_bytes(b"PK no document")
    article, rejected = read([tmp_path])
    assert isinstance(article, Article)
    assert (article.title, article.body) == ("Laos opens dam", "Laos opened a dam.\n\nVietnam protested.")
    assert isinstance(rejected, Rejected) and "no readable Word document" in rejected.reason


def test_rich_text(tmp_path: Path) -> None:
    pytest.importorskip("striprtf")
    (tmp_path / "a.rtf").write_text(
        r"{\rtf1\ansi{\fonttbl\f0 Arial;}\f0 Laos opens dam\par\par Laos opened a dam in Caf\'e9 Road.\par }"
    )
    (article,) = articles_in(tmp_path)
    assert (article.title, article.body) == ("Laos opens dam", "Laos opened a dam in Café Road.")


@pytest.mark.parametrize(
    ("export", "publisher"),
    [
        (NEXIS_NEW, "The Daily Post (London)"),
        (NEXIS_OLD, "The Evening Star"),
        (FACTIVA_SHOWN, "The Morning Bulletin"),
        (FACTIVA_CODED, "The Morning Bulletin"),
    ],
)
def test_exports_of_press_archives_are_many_articles(tmp_path: Path, export: str, publisher: str) -> None:
    (tmp_path / "a.txt").write_text(export)
    first, second = articles_in(tmp_path)
    assert first.title == "Laos opens dam on the Mekong"
    assert first.body.startswith("Laos opened a dam on the Mekong on Tuesday.")
    assert (first.published, first.publisher) == ("2023-05-02", publisher)
    assert (second.title, second.body, second.published) == (
        "Fiji closes port", "Fiji closed the port of Suva.", "2023-05-03"
    )  # fmt: skip
    assert second.origin is not None and int(second.origin.rpartition(":")[2]) > 10
    assert "words" not in first.body and "Load-Date" not in first.body


def test_an_ordinary_text_is_no_export() -> None:
    assert not list(rows_of_export("HD television is a right, said PD members.\n\nEnd of documents."))


def test_a_web_archive_and_packed_files(tmp_path: Path) -> None:
    warcio = pytest.importorskip("warcio")
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    assert warcio
    page = b"<title>Laos opens dam</title><h1>Laos opens dam</h1><p>Laos opened a dam on the Mekong on Tuesday.</p>"
    with (tmp_path / "a.warc.gz").open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for body, kind in ((page, "text/html; charset=utf-8"), (b"{}", "application/json"), (b"<p></p>", "text/html")):
            headers = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
            record = writer.create_warc_record(
                "https://example.org/l", "response", payload=io.BytesIO(body), http_headers=headers
            )
            writer.write_record(record)
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(b'{"text": "Fiji closed a port."}\n'))
    (tmp_path / "c.txt.gz").write_bytes(b"not packed")
    article, bad_page, packed, broken = read([tmp_path])
    assert isinstance(article, Article) and isinstance(packed, Article)
    assert (article.title, article.url) == ("Laos opens dam", "https://example.org/l")
    assert article.body == "Laos opened a dam on the Mekong on Tuesday."
    assert isinstance(bad_page, Rejected) and bad_page.path.endswith("a.warc.gz:3")
    assert packed.text == "Fiji closed a port."
    assert isinstance(broken, Rejected) and "is not packed with gzip" in broken.reason


def test_what_is_missing_names_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.reading.tables.find_spec", lambda name: None)
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "b.rss").write_text("<rss/>")
    for item in read([tmp_path]):
        assert isinstance(item, Rejected) and "is not installed" in item.reason
        assert "python -m pip install '.[" in item.remedy and "geokg[" in item.remedy
