"""Exports of press archives: many articles in one text, each with lines of metadata, as Nexis and Factiva write them.

There are four layouts: Nexis by "3 of 25 DOCUMENTS", Nexis by "End of Document", Factiva by two-letter codes, Factiva
by "Document" and its number. What is in none of them is one article.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from kg.model import Article
from kg.reading.dates import any_date
from kg.reading.inputs import Input, Rejected
from kg.reading.plain import article_from_text, described
from kg.reading.rows import Numbered, Row, articles_of_rows

OLD_NEXIS = re.compile(r"^[ \t]*(?:Document )?\d+ of \d+(?: DOCUMENTS?)?[ \t]*$", re.MULTILINE | re.IGNORECASE)
NEW_NEXIS = re.compile(r"^[ \t]*End of Document[ \t]*$", re.MULTILINE | re.IGNORECASE)
FACTIVA_END = re.compile(r"^[ \t]*Document [A-Z0-9]{4,}\d{6,}[A-Za-z0-9]*[ \t]*$", re.MULTILINE)
FACTIVA_CODES = re.compile(r"^(?:HD|LP|TD|PD|SN|WC)[ \t]", re.MULTILINE)
CODED = re.compile(r"^(?P<code>[A-Z]{2,3})(?:[ \t]+(?P<words>.*))?$")
CODES = frozenset(
    "AN ART BY CLM CO CR CT CX CY DLN ED ET HD HDY IN IPC IPD LA LP NS PD PG PUB RBN RE RF SC SE SN TD VOL WC".split()
)
LABELLED = re.compile(r"^(?P<label>[A-Z][A-Za-z-]{3,20}):[ \t]*(?P<words>.*)$")
LABELS = frozenset(
    "byline section length dateline load-date language publication-type journal-code graphic headline classification "
    "subject industry geographic person organization company highlight correction series url type body".split()
)
COPYRIGHT = re.compile(r"^(?:copyright|\(c\)|©)", re.IGNORECASE)
WORD_COUNT = re.compile(r"^[\d,.]+ words$", re.IGNORECASE)
BODY_ALONE = re.compile(r"^body:?$", re.IGNORECASE)


def articles_of_text(
    text: str, source: Input, *, head: Mapping[str, object] | None = None
) -> Iterator[Article | Rejected]:
    """The articles of an export, each with the number of its first line; else the one article that a text is.

    :param head: what is known of the one article.
    :raises UnreadableError: if there is no text.
    """
    rows = list(rows_of_export(text))
    if rows:
        yield from articles_of_rows(iter(rows), source)
    else:
        yield article_from_text(text, **described(source, head or {}))


def rows_of_export(text: str) -> Iterator[Numbered]:
    """The articles of an export as rows; none if a text is not one."""
    text = text.replace("\r\n", "\n").replace("\f", "\n")
    for end, read in ((NEW_NEXIS, _nexis), (FACTIVA_END, _factiva)):
        if end.search(text):
            yield from _pieces(text, end, read)
            return
    if len(OLD_NEXIS.findall(text)) and re.search(r"^LENGTH:", text, re.MULTILINE):
        yield from _pieces(text, OLD_NEXIS, _nexis)
    elif len({found.strip() for found in FACTIVA_CODES.findall(text)}) >= 4:
        yield from _pieces(text, re.compile(r"^(?=HD[ \t])", re.MULTILINE), _coded)


def _pieces(text: str, between: re.Pattern[str], read: Callable[[str], Row | None]) -> Iterator[Numbered]:
    start = 0
    for found in [*between.finditer(text), None]:
        end = found.start() if found else len(text)
        piece = text[start:end]
        row = read(piece) if piece.strip() else None
        if row:
            blank = len(piece) - len(piece.lstrip())
            yield text.count("\n", 0, start + blank) + 1, row
        start = found.end() if found else end


def _nexis(piece: str) -> Row | None:
    """An article of Nexis: headline, publication and date above labelled lines, the text below them.

    The old layout has publication and date first, and the headline after them.
    """
    lines = [line.strip() for line in piece.strip().splitlines()]
    labels = [number for number, line in enumerate(lines) if _label(line)]
    if not labels:
        return None
    row: dict[str, object] = {"text": ""}
    head = [line for line in lines[: labels[0]] if line and not COPYRIGHT.match(line)]
    dated = next((number for number, line in enumerate(head) if any_date(line)), None)
    if dated is not None:
        row["published"] = head[dated]
        row["publisher"] = head[dated - 1] if dated else None
        row["title"] = head[0] if dated >= 2 else head[-1] if len(head) > dated + 1 else None
    body: list[str] = []
    for line in lines[labels[0] :]:
        label = _label(line)
        if label is None and not BODY_ALONE.match(line) and not COPYRIGHT.match(line):
            body.append(line)
        elif label and label[0] == "headline":
            row["title"] = label[1]
        elif label and label[0] == "language":
            row["language"] = label[1]
        elif label and label[0] == "body":
            body.append(label[1])
    return row | {"text": "\n".join(body).strip()}


def _label(line: str) -> tuple[str, str] | None:
    found = LABELLED.match(line)
    return (found["label"].casefold(), found["words"]) if found and found["label"].casefold() in LABELS else None


def _factiva(piece: str) -> Row | None:
    """An article of Factiva as it is shown: headline, author, length, date, source, code, language, copyright, text."""
    if len({found.strip() for found in FACTIVA_CODES.findall(piece)}) >= 4:
        return _coded(piece)
    lines = [line.strip() for line in piece.strip().splitlines()]
    counted = next((number for number, line in enumerate(lines) if WORD_COUNT.match(line)), None)
    if counted is None:
        return None
    head = [line for line in lines[:counted] if line]
    titles = [line for line in head if not line.casefold().startswith("by ")]
    rest = lines[counted + 1 :]
    end = next((number for number, line in enumerate(rest[:12]) if COPYRIGHT.match(line)), None)
    meta = [line for line in rest[: end if end is not None else 5] if line]
    dated = next((number for number, line in enumerate(meta) if any_date(line)), None)
    below = rest[end + 1 :] if end is not None else rest[5:]
    return {
        "title": titles[-1] if titles else None,
        "published": meta[dated] if dated is not None else None,
        "publisher": next((line for line in meta[(dated or 0) + 1 :] if not re.match(r"^\d\d?:\d\d", line)), None),
        "text": "\n".join(below).strip(),
    }


def _coded(piece: str) -> Row | None:
    """An article of Factiva in its codes: HD headline, PD date, SN source, LA language, LP first paragraph, TD text."""
    row: dict[str, str] = {}
    code = ""
    for line in piece.splitlines():
        found = CODED.match(line.rstrip())
        if found and found["code"] in CODES:
            code = found["code"]
            row[code] = (found["words"] or "").strip()
        elif code:
            row[code] += f"\n{line.strip()}"
    if not row.get("HD"):
        return None
    return {
        "title": " ".join(row["HD"].split()),
        "published": " ".join(row.get("PD", "").split()),
        "publisher": " ".join(row.get("SN", "").split()),
        "language": row.get("LA", "").strip(),
        "id": row.get("AN", "").replace("Document", "").strip(),
        "text": "\n\n".join(part.strip() for part in (row.get("LP", ""), row.get("TD", "")) if part.strip()),
    }
