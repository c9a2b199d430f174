"""Words with HTML in them, as feeds, news services and mails carry them: the words, a paragraph for each block."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html  # pyright: ignore[reportAttributeAccessIssue] -- lxml ships no types.

BREAK = "\0"
BLOCKS = frozenset(
    "address article aside blockquote br dd div dl dt figure "
    "h1 h2 h3 h4 h5 h6 hr li ol p pre section table td tr ul".split()
)
SILENT = frozenset("figcaption figure head iframe noscript script style svg template".split())
MARKUP = re.compile(
    r"</?(?:p|div|br|a|b|i|em|strong|span|ul|ol|li|h[1-6]|img|html|body|table|blockquote)\b[^<>]*>", re.IGNORECASE
)


def has_markup(text: str) -> bool:
    """Whether a text holds tags of HTML.

    >>> has_markup("<p>Talks resume</p>"), has_markup("if a < b and b > c")
    (True, False)
    """
    return MARKUP.search(text) is not None


def words_of_markup(markup: str) -> str:
    """The words of a piece of HTML, a blank line between its blocks; pictures and scripts are left out.

    >>> words_of_markup("<p>Talks <b>resume</b>.</p><p>Envoys&nbsp;met.</p>")
    'Talks resume.\\n\\nEnvoys met.'
    """
    try:
        root = html.fragment_fromstring(markup, create_parent=True)
    except (etree.ParserError, ValueError):
        return ""
    return "\n\n".join(paragraphs_of(root))


def paragraphs_of(root: Any, *, blocks: frozenset[str] = BLOCKS, silent: frozenset[str] = SILENT) -> list[str]:
    """The blocks of words in an element of lxml, in their order.

    :param blocks: the tags that begin and end a block.
    :param silent: the tags whose words are left out.
    """
    pieces = "".join(_pieces(root, blocks, silent)).split(BREAK)
    return [paragraph for piece in pieces if (paragraph := " ".join(piece.split()))]


def _pieces(element: Any, blocks: frozenset[str], silent: frozenset[str]) -> Iterator[str]:
    """The words in an element, with a break where a block begins or ends; lxml bounds how deep a page may nest."""
    if not isinstance(element.tag, str) or element.tag in silent:
        return
    edge = BREAK if element.tag in blocks else ""
    yield edge + (element.text or "")
    for child in element:
        yield from _pieces(child, blocks, silent)
        yield child.tail or ""
    yield edge
