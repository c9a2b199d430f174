"""Saved web pages: the words of the article, and what the page's own metadata says of it.

The standard library's parser does: it takes any tag soup, adds nothing to the install, and a page's boilerplate is told
by its tags (navigation, footers, forms) and by paragraphs that are nothing but a link.
"""

from __future__ import annotations

import codecs
import csv
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from kg.model import Article
from kg.reading.fields import Description, description, iso_date
from kg.reading.inputs import Input, Rejected, UnreadableError, decode
from kg.reading.plain import article_from_text, clean_headline, without_headline

BYTES_WITH_CHARSET = 2048
CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?([\w-]+)", re.IGNORECASE)
with Path(__file__).with_name("html_tags.csv").open(encoding="utf8", newline="") as table:
    TAGS = tuple(csv.DictReader(table))
NO_END_TAG = frozenset(row["tag"] for row in TAGS if row["void"] == "yes")
LEFT_OUT = frozenset(row["tag"] for row in TAGS if row["role"] == "left out")
INLINE = frozenset(row["tag"] for row in TAGS if row["role"] == "inline")
REGIONS = ("article", "main")
FIELD_OF_META = {
    "og:title": "title",
    "article:published_time": "published",
    "og:site_name": "publisher",
    "og:url": "url",
    "datepublished": "published",
    "date": "published",
    "dc.date": "published",
}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of a page: its words, its tag, the regions that it lies in, and whether it is only links."""

    words: str
    tag: str
    regions: frozenset[str]
    only_links: bool


class Page(HTMLParser):
    """A page as it is parsed: ``paragraphs``, and ``known``, the metadata found, the first of each field."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[Paragraph] = []
        self.known: dict[str, str] = {}
        self._open: list[str] = []
        self._words: list[tuple[str, bool]] = []
        self._script: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a tag; a block tag ends the paragraph before it."""
        values = {name: value or "" for name, value in attrs}
        if tag not in INLINE:
            self._end_paragraph()
        if tag == "html" and values.get("lang"):
            self.known.setdefault("language", values["lang"].partition("-")[0].lower())
        if tag == "meta":
            self._note(FIELD_OF_META.get((values.get("property") or values.get("name") or "").lower()), values)
        if tag == "link" and values.get("rel") == "canonical":
            self.known.setdefault("url", values.get("href", ""))
        if tag == "script" and values.get("type") == "application/ld+json":
            self._script = []
        if tag not in NO_END_TAG:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close a tag, and those inside it that the page left open."""
        if tag not in INLINE:
            self._end_paragraph()
        if tag == "script" and self._script is not None:
            self._note_linked_data("".join(self._script))
            self._script = None
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Take words in, unless they stand in a part of the page that is left out."""
        if self._script is not None:
            self._script.append(data)
        elif "title" in self._open and "body" not in self._open:
            self.known["page title"] = self.known.get("page title", "") + data
        elif "head" not in self._open and not LEFT_OUT.intersection(self._open):
            self._words.append((data, "a" in self._open))

    def close(self) -> None:
        """End the page."""
        super().close()
        self._end_paragraph()

    def _end_paragraph(self) -> None:
        words = " ".join("".join(piece for piece, _ in self._words).split())
        if words:
            tag = next((t for t in reversed(self._open) if t not in INLINE), "body")
            only_links = all(linked for piece, linked in self._words if piece.strip())
            self.paragraphs.append(Paragraph(words, tag, frozenset(self._open).intersection(REGIONS), only_links))
        self._words = []

    def _note(self, field: str | None, values: Mapping[str, str]) -> None:
        if field and values.get("content"):
            self.known.setdefault(field, values["content"])

    def _note_linked_data(self, script: str) -> None:
        try:
            data = json.loads(script)
        except json.JSONDecodeError:
            return  # A page's metadata is a bonus: broken linked data leaves the article as readable as before.
        items = data.get("@graph", [data]) if isinstance(data, dict) else data
        for item in items if isinstance(items, list) else ():
            if isinstance(item, dict) and isinstance(item.get("datePublished"), str):
                self.known.setdefault("published", item["datePublished"])


def read_html(source: Input) -> Iterator[Article | Rejected]:
    """Read a saved page as one article; the encoding is the one that it declares, else UTF-8.

    :raises UnreadableError: if it is binary, in another encoding, or holds no words.
    """
    raw = source.stream.read()
    yield article_of_page(decode(raw, encoding=declared_encoding(raw)), published=source.published)


def declared_encoding(raw: bytes) -> str:
    """The encoding that a page declares in its head, if Python knows it; else UTF-8.

    >>> declared_encoding(b'<meta charset="windows-1252">')
    'cp1252'
    """
    found = CHARSET.search(raw[:BYTES_WITH_CHARSET])
    try:
        name = codecs.lookup(found[1].decode("ascii")).name if found else "utf-8"
    except LookupError:
        name = "utf-8"
    return "utf-8-sig" if name == "utf-8" else name


def article_of_page(html: str, *, published: str | None = None) -> Article:
    """The article on a page.

    :raises UnreadableError: if the page holds no words.

    >>> article = article_of_page("<title>Envoy leaves | Daily</title><h1>Envoy leaves</h1><p>She left Kyiv.</p>")
    >>> article.title, article.body
    ('Envoy leaves', 'She left Kyiv.')
    """
    page = Page()
    page.feed(html)
    page.close()
    known = _description(page, published)
    chosen = _article_paragraphs(page.paragraphs)
    if not chosen:
        raise UnreadableError("holds no words outside menus and scripts", "save the article's own page, or its text")
    body = "\n\n".join(paragraph.words for paragraph in chosen)
    title = known.get("title")
    rest = without_headline(body, title) if title else body
    return article_from_text(rest or body, **known)


def _description(page: Page, published: str | None) -> Description:
    """What the page says of its article: a date that is not ISO 8601 is passed over, as its user did not write it."""
    row: dict[str, object] = {field: value for field, value in page.known.items() if field != "published"}
    try:
        row["published"] = iso_date(page.known.get("published", ""))
    except UnreadableError:
        row["published"] = published
    headline = next((p.words for p in page.paragraphs if p.tag == "h1"), None)
    row["title"] = clean_headline(headline or str(row.get("title") or row.get("page title") or ""))
    return description(row)


def _article_paragraphs(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """The paragraphs of the innermost region that the page marks as its article, else all; links alone are menus."""
    words = [paragraph for paragraph in paragraphs if not paragraph.only_links]
    for region in REGIONS:
        inside = [paragraph for paragraph in words if region in paragraph.regions]
        if inside:
            return inside
    return words
