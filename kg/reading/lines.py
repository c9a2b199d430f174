"""Lines as they stand on a page or in a mail, put together to paragraphs: hyphens at their ends, running heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

SENTENCE_END = re.compile(r"[.!?:…][\"'”’)\]]*$")
HYPHEN = re.compile(r"(?<=[a-z])[-\u00ad\u2010]$")
NUMBER_ALONE = re.compile(r"(?:page\s*)?[-–—|\s]*\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?[-–—|\s]*", re.IGNORECASE)
FIGURES = re.compile(r"\d+")
SHORT = 0.75  # Of the usual width: a line that is shorter and ends a sentence ends its paragraph.
PAGES_OF_A_HEAD = 3


def paragraphs_of_lines(lines: Sequence[str]) -> list[str]:
    """Lines that were broken for a page's width, as paragraphs; a word cut at the end of a line is whole again.

    >>> paragraphs_of_lines(["The govern-", "ment in Accra", "agreed.", "", "Togo did not."])
    ['The government in Accra agreed.', 'Togo did not.']
    """
    width = _usual_width(lines)
    found: list[str] = []
    current = ""
    for line in [*lines, ""]:
        words = " ".join(line.split())
        if not words:
            found, current = ([*found, current] if current else found), ""
            continue
        current = _joined(current, words)
        if SENTENCE_END.search(words) and len(words) < SHORT * width:
            found, current = [*found, current], ""
    return found


def without_running_heads(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """Pages without the lines that stand at the top or bottom of most of them, and without page numbers.

    >>> without_running_heads([["Daily", "Talks", "1"], ["Daily", "failed.", "2"], ["Daily", "Again.", "3"]])
    [['Talks'], ['failed.'], ['Again.']]
    """
    edges = Counter(key for page in pages for key in {_key(line) for line in (*page[:2], *page[-2:]) if line.strip()})
    often = {key for key, count in edges.items() if count >= max(PAGES_OF_A_HEAD, len(pages) / 2)}

    def kept(line: str, place: int, size: int) -> bool:
        at_edge = place < 2 or place >= size - 2
        return not (at_edge and (_key(line) in often or NUMBER_ALONE.fullmatch(line.strip())))

    return [[line for place, line in enumerate(page) if kept(line, place, len(page))] for page in pages]


def _key(line: str) -> str:
    return FIGURES.sub("0", " ".join(line.split()).casefold())


def _joined(before: str, line: str) -> str:
    if HYPHEN.search(before) and line[:1].islower():
        return before[:-1] + line
    return f"{before} {line}".strip()


def _usual_width(lines: Sequence[str]) -> int:
    widths = sorted(len(line.strip()) for line in lines if line.strip())
    return widths[len(widths) * 3 // 4] if widths else 0
