"""Markdown files: the words without the markup; the first heading of the first level is the title.

markdown-it-py (MIT) parses; rich, which prints our tables, brings it along.
"""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kg.model import Article
from kg.reading.encodings import text_of
from kg.reading.inputs import Input, Rejected
from kg.reading.plain import article_from_text, clean_headline, described, split_front_matter

BREAKS = frozenset({"softbreak", "hardbreak"})
WORDS = frozenset({"text", "code_inline"})


def read_markdown(source: Input) -> Iterator[Article | Rejected]:
    """Read a Markdown file as one article.

    :raises UnreadableError: if it is binary, or holds no text.
    """
    head, body = split_front_matter(text_of(source))
    title, text = words_of(body)
    known = described(source, head)
    if title:
        known.setdefault("title", title)
    yield article_from_text(text, **known)


def words_of(markdown: str) -> tuple[str | None, str]:
    """The first first-level heading, and the text: a paragraph for every heading, paragraph and list item.

    Pictures, raw HTML and code blocks are left out; of a link, its words stay.

    >>> words_of("# Talks *resume*\\n\\nEnvoys [met](https://example.org) on **Monday**.")
    ('Talks resume', 'Talks resume\\n\\nEnvoys met on Monday.')
    """
    tokens = MarkdownIt("commonmark").parse(markdown)
    title, paragraphs = None, list[str]()
    for before, token in zip([None, *tokens], tokens, strict=False):
        words = _inline_words(token) if token.type == "inline" else ""
        if words and title is None and before is not None and before.tag == "h1":
            title = clean_headline(words)
        if words:
            paragraphs.append(words)
    return title, "\n\n".join(paragraphs)


def _inline_words(token: Token) -> str:
    pieces = (" " if t.type in BREAKS else t.content for t in token.children or () if t.type in BREAKS | WORDS)
    return "".join(pieces).strip()
