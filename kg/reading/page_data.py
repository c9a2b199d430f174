"""What a page says of itself for machines: meta tags, schema.org's JSON-LD and microdata, links and language."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from kg.reading.markup import has_markup, words_of_markup

ARTICLES = frozenset(
    "Article NewsArticle ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle BackgroundNewsArticle BlogPosting "
    "LiveBlogPosting Report WebPage".split()
)
FIELD_OF_META = {
    "og:title": "title",
    "twitter:title": "title",
    "article:published_time": "published",
    "og:article:published_time": "published",
    "datepublished": "published",
    "date": "published",
    "dc.date": "published",
    "dc.date.issued": "published",
    "dcterms.created": "published",
    "parsely-pub-date": "published",
    "sailthru.date": "published",
    "pubdate": "published",
    "og:site_name": "publisher",
    "application-name": "publisher",
    "og:url": "url",
    "content-language": "language",
}
FIELD_OF_DATA = {"headline": "title", "datePublished": "published", "publisher": "publisher", "inLanguage": "language"}
DEEPEST = 6


@dataclass(slots=True)
class PageData:
    """The fields of the article as the page gives them, the first of each, and the article's body if that is there."""

    fields: dict[str, str] = field(default_factory=dict[str, str])
    body: str | None = None

    def note(self, name: str, value: object) -> None:
        """Take in the value of a field, unless it is known or no text."""
        if isinstance(value, str) and value.strip():
            self.fields.setdefault(name, " ".join(value.split()))


def data_of(root: HtmlElement) -> PageData:
    """What a page's own data say; broken data are passed over, for the page is as readable without them.

    >>> from lxml.html import document_fromstring
    >>> page = '<html lang="en"><meta property="og:site_name" content="Daily"><time datetime="2024-03-05">today</time>'
    >>> data_of(document_fromstring(page)).fields
    {'publisher': 'Daily', 'language': 'en', 'published': '2024-03-05'}
    """
    found = PageData()
    for script in root.iter("script"):
        if (script.get("type") or "").strip().lower() == "application/ld+json":
            _take(found, _items(script.text or ""))
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv") or ""
        if name.lower() in FIELD_OF_META:
            found.note(FIELD_OF_META[name.lower()], meta.get("content"))
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            found.fields["url"] = (link.get("href") or "").strip()
    found.note("language", root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang"))
    if "published" not in found.fields:
        times = (time.get("datetime") for time in root.iter("time"))
        found.note("published", next((time for time in times if time), None))
    if not found.fields.get("url", "https://").startswith(("http://", "https://")):
        del found.fields["url"]
    return found


def _take(found: PageData, items: Iterable[Mapping[str, object]]) -> None:
    for item in items:
        kinds = item.get("@type")
        if not ARTICLES.intersection(kinds if isinstance(kinds, list) else [kinds]):
            continue
        for name, target in FIELD_OF_DATA.items():
            value = item.get(name)
            found.note(target, value.get("name") if isinstance(value, dict) else value)
        body = item.get("articleBody")
        if isinstance(body, str) and found.body is None:
            found.body = words_of_markup(body) if has_markup(body) else body


def _items(script: str) -> Iterator[Mapping[str, object]]:
    try:
        value = json.loads(script)
    except (ValueError, RecursionError):
        return
    yield from _flat(value, DEEPEST)


def _flat(value: object, depth: int) -> Iterator[Mapping[str, object]]:
    if isinstance(value, list) and depth:
        for item in value:
            yield from _flat(item, depth - 1)
    elif isinstance(value, dict):
        yield value
        yield from _flat(value.get("@graph"), depth - 1)
