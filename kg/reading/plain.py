"""Plain text files: the title that a raw capture shows, and the rest of it.

A file may start with a front matter of ``key: value`` lines between two lines of ``---``, as Markdown files do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Unpack

from kg.model import Article, normalise_text
from kg.reading.encodings import text_of
from kg.reading.fields import Description, description
from kg.reading.inputs import Input, Rejected, UnreadableError
from kg.reading.recognition import ENGLISH, recognised

LONGEST_TITLE = 200
STRAY_START = re.compile(r"^[^\w\"'“‘«(\[$€£¥]+")
SENTENCE_END = re.compile(r"[.:;,]$")
ABBREVIATION_END = re.compile(r"(?:\b\w\.){2,}$")
FRONT_MATTER = re.compile(
    r"\A---[ \t]*\n(?P<head>(?:\w[\w-]*[ \t]*:.*\n|[ \t#-].*\n|\n)+?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)"
)
FRONT_MATTER_LINE = re.compile(r"(?P<key>\w[\w-]*)[ \t]*:[ \t]*(?P<value>.*)")


def read_text(source: Input) -> Iterator[Article | Rejected]:
    """Read a text file as one article, or as the articles of a press archive's export.

    :raises UnreadableError: if it is binary, or holds no text.
    """
    from kg.reading.archives import articles_of_text  # Which reads rows, which are texts with fields.

    head, body = split_front_matter(text_of(source))
    yield from articles_of_text(body, source, head=head)


def described(source: Input, row: Mapping[str, object]) -> Description:
    """The description of an article as one file gives it, read as the user of the file says."""
    return description(row, published=source.published, date_order=source.date_order, say=source.say)


def article_from_text(raw: str, **known: Unpack[Description]) -> Article:
    """The article in a text; without a ``title`` given, its first line is taken for one if it reads like a headline.

    Its language is the one that its words show; where they are too few to tell, the ``language`` given, else English.

    :raises UnreadableError: if there is no text.

    >>> article = article_from_text("/Envoy leaves Kyiv\\n\\nEnvoy leaves Kyiv\\n\\nThe envoy left on Friday.")
    >>> article.title, article.body
    ('Envoy leaves Kyiv', 'The envoy left on Friday.')
    """
    text = normalise_text(raw)
    if not text:
        raise UnreadableError("holds no text", "put text into it or leave it out")
    title = known.get("title")
    body = without_headline(text, title) if title else text
    if not title:
        title, body = split_title(text)
    known = Description({**known, "title": title}) if title else known
    known["language"] = recognised(body or text) or known.get("language") or ENGLISH
    return Article.make(text=body or text, **known)


def split_title(text: str) -> tuple[str | None, str]:
    """The title of a text and the rest; (None, text) if its first line does not read like a headline.

    A headline is a short line with no full stop, comma or colon at its end, and a blank line or its own repetition
    below it. Stray symbols before it are dropped, and so are its repetitions.

    >>> split_title("Talks resume in Geneva\\n\\nEnvoys met on Monday.")
    ('Talks resume in Geneva', 'Envoys met on Monday.')
    >>> split_title("Envoys met on Monday.\\n\\nThey will meet again.")
    (None, 'Envoys met on Monday.\\n\\nThey will meet again.')
    """
    first, _, rest = text.partition("\n")
    title = clean_headline(first)
    body = without_headline(rest, title)
    repeated = body != rest.strip()
    blank_below = rest.startswith("\n") or not rest.partition("\n")[0].strip()
    if body and title and (repeated or blank_below) and reads_like_headline(title):
        return title, body
    return None, text


def without_headline(text: str, headline: str) -> str:
    """The text without the lines at its start that only repeat the headline, and without blank lines there."""
    wanted = clean_headline(headline).casefold()
    rest = text.strip()
    while rest:
        line, _, below = rest.partition("\n")
        if clean_headline(line).casefold() != wanted:
            break
        rest = below.strip()
    return rest


def clean_headline(line: str) -> str:
    """A line with single spaces and without stray symbols before its first letter, figure, quotation mark or bracket.

    >>> clean_headline(" / # Talks  resume")
    'Talks resume'
    """
    return STRAY_START.sub("", " ".join(line.split()))


def reads_like_headline(line: str) -> bool:
    """Whether a line is short and does not end as a sentence does; a final abbreviation ("U.S.") is no full stop."""
    ends_sentence = SENTENCE_END.search(line) and not ABBREVIATION_END.search(line)
    return len(line) <= LONGEST_TITLE and not ends_sentence


def split_front_matter(text: str) -> tuple[dict[str, object], str]:
    """The ``key: value`` lines between two lines of ``---`` at the top of a text, and the text below them.

    Only simple lines count: lists and nested values are passed over.

    >>> split_front_matter("---\\ntitle: 'Talks resume'\\ndate: 2022-02-01\\n---\\nEnvoys met.")
    ({'title': 'Talks resume', 'date': '2022-02-01'}, 'Envoys met.')
    """
    text = text.replace("\r\n", "\n").lstrip("\ufeff")
    block = FRONT_MATTER.match(text)
    if block is None:
        return {}, text
    lines = (FRONT_MATTER_LINE.fullmatch(line.rstrip()) for line in block["head"].splitlines())
    return {line["key"].lower(): _unquoted(line["value"]) for line in lines if line}, text[block.end() :]


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "'\""
    return value[1:-1] if quoted else value
