"""JSON files of articles: one object, an array, or the answer of a news service with its articles inside."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace

from kg.model import Article
from kg.reading.columns import WORDS_IN, flat, known_names, plain_name
from kg.reading.encodings import text_of
from kg.reading.inputs import Input, Rejected, UnreadableError
from kg.reading.rows import Numbered, articles_of_rows
from kg.reading.tables import read_jsonl

# Where services put the articles of an answer, the outer name first: NewsAPI and GNews, Event Registry, The New York
# Times, The Guardian, Solr, Elasticsearch.
LISTS = ("articles", "docs", "results", "items", "response", "hits", "data", "news", "stories", "documents")
DEEPEST = 3


def read_json(source: Input) -> Iterator[Article | Rejected]:
    """Read a JSON file; a bad article is rejected by its number, counted from 1. JSON Lines are read as such.

    :raises UnreadableError: if it is no JSON, or there is no article in it.
    """
    text = text_of(source)
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        if "Extra data" in str(error):
            yield from read_jsonl(replace(source, stream=io.BytesIO(text.encode()), encoding="utf-8"))
            return
        raise UnreadableError(f"is no JSON ({error})", "write it again, or leave it out") from None
    yield from articles_of_rows(_numbered(articles_in(value)), source)


def articles_in(value: object) -> list[object]:
    """The objects in a JSON value that stand for articles.

    :raises UnreadableError: if there is none.

    >>> articles_in({"status": "ok", "articles": {"results": [{"title": "Talks resume"}]}})
    [{'title': 'Talks resume'}]
    """
    found = _found_in(value, DEEPEST)
    if found is None:
        names = ", ".join(map(repr, list(value)[:12])) if isinstance(value, dict) else type(value).__name__
        raise UnreadableError(
            f"holds no articles (found: {names})", "give an object with 'text' or 'title', or a list of them"
        )
    return found


def _found_in(value: object, depth: int) -> list[object] | None:
    if isinstance(value, list):
        return [item.get("_source", item) if isinstance(item, dict) else item for item in value]
    if not isinstance(value, dict) or not depth:
        return None
    if _is_article(value):
        return [value]
    return next((found for name in LISTS if (found := _found_in(value.get(name), depth - 1)) is not None), None)


def _is_article(value: Mapping[str, object]) -> bool:
    known = {name for field in WORDS_IN for name in known_names()[field]}
    return any(plain_name(name) in known and isinstance(words, str) for name, words in flat(value).items())


def _numbered(items: list[object]) -> Iterator[Numbered]:
    for number, item in enumerate(items, start=1):
        if isinstance(item, dict):
            yield number, item
        else:
            yield number, UnreadableError("is no JSON object", 'write an object: {"text": "..."}')
