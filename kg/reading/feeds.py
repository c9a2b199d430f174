"""Feeds: RSS and Atom, an article for each entry, read by feedparser; and files of XML that may be feeds or pages."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from kg.model import Article
from kg.reading.html import read_html
from kg.reading.inputs import Input, Rejected, UnreadableError
from kg.reading.rows import Numbered, articles_of_rows
from kg.reading.tables import require

START = 2048
FEED_STARTS = (b"<rss", b"<feed", b"<rdf:rdf")
PAGE_STARTS = (b"<html", b"<!doctype html")


def read_feed(source: Input) -> Iterator[Article | Rejected]:
    """Read a feed; a bad entry is rejected by its number, counted from 1.

    :raises UnreadableError: if it is no feed, has no entry, or feedparser is not installed.
    """
    require("feedparser", "feeds")
    import feedparser

    # A stream, and never a string: feedparser would ask a string that is an address.
    feed: Any = feedparser.parse(io.BytesIO(source.stream.read()), resolve_relative_uris=False)
    if not feed.version and not feed.entries:
        raise UnreadableError("is no feed of RSS or Atom", "give the feed itself, or save the page as .html")
    yield from articles_of_rows(_rows(feed), source)


def read_xml(source: Input) -> Iterator[Article | Rejected]:
    """Read a file of XML as the feed or the page that its first tag shows.

    :raises UnreadableError: if it is neither.
    """
    raw = source.stream.read()
    start = raw[:START].lower()
    again = replace(source, stream=io.BytesIO(raw))
    if any(mark in start for mark in FEED_STARTS):
        yield from read_feed(again)
    elif any(mark in start for mark in PAGE_STARTS):
        yield from read_html(again)
    else:
        raise UnreadableError("is XML, but no feed and no page", "give its articles as a feed, a table or text")


def _rows(feed: Any) -> Iterator[Numbered]:
    publisher = feed.feed.get("title")
    for number, entry in enumerate(feed.entries, start=1):
        bodies = [part.get("value", "") for part in entry.get("content", ())]
        yield (
            number,
            {
                "title": entry.get("title"),
                "text": max(bodies, key=len, default=None),
                "summary": entry.get("summary"),
                "published": entry.get("published") or entry.get("updated"),
                "publisher": entry.get("source", {}).get("title") or publisher,
                "url": entry.get("link"),
                "language": feed.feed.get("language"),
            },
        )
