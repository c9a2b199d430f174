"""Mails, such as a newsletter or a press release: one in .eml, many in .mbox, by the standard library."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr

from kg.model import Article
from kg.reading.inputs import Input, Rejected, UnreadableError
from kg.reading.markup import words_of_markup
from kg.reading.rows import Numbered, Row, articles_of_rows

SIGNATURE = re.compile(r"\n-- \n.*\Z", re.DOTALL)
REPLY = re.compile(r"^(?:\s*(?:re|fw|fwd|aw|wg)\s*:\s*)+", re.IGNORECASE)
BETWEEN = b"From "


def read_mail(source: Input) -> Iterator[Article | Rejected]:
    """Read a mail as one article: its subject is the title, its sender the publisher.

    :raises UnreadableError: if it holds no text.
    """
    yield from articles_of_rows(iter([(1, _row(source.stream.read()))]), source)


def read_mailbox(source: Input) -> Iterator[Article | Rejected]:
    """Read a mailbox, an article for each mail; a bad one is rejected by the number of its first line.

    :raises UnreadableError: if there is no mail in it.
    """
    yield from articles_of_rows(_mails(source), source)


def _mails(source: Input) -> Iterator[Numbered]:
    lines: list[bytes] = []
    start, blank = 1, True
    for number, line in enumerate(source.stream, start=1):
        if blank and line.startswith(BETWEEN):
            if lines:
                yield start, _row(b"".join(lines))
            lines, start = [], number
        else:
            lines.append(line.removeprefix(b">") if line.startswith(b">From ") else line)
        blank = not line.strip()
    if b"".join(lines).strip():
        yield start, _row(b"".join(lines))


def _row(raw: bytes) -> Row | UnreadableError:
    try:
        mail = message_from_bytes(raw, policy=default)
        assert isinstance(mail, EmailMessage)
        name, address = parseaddr(str(mail.get("From", "")))
        return {
            "title": REPLY.sub("", str(mail.get("Subject", ""))),
            "text": _text(mail),
            "published": str(mail.get("Date", "")),
            "publisher": name or address,
            "id": str(mail.get("Message-ID", "")).strip("<> \t\r\n"),
        }
    except (MessageError, LookupError, UnicodeError, ValueError, IndexError, AttributeError) as error:
        return UnreadableError(f"is a broken mail ({type(error).__name__}: {error})", "save it anew, or its text")


def _text(mail: EmailMessage) -> str:
    """What the mail says: its plain text if there is any, else the words of its HTML; without the signature."""
    body = mail.get_body(preferencelist=("plain", "html"))
    if body is None:
        return ""
    content = str(body.get_content()).replace("\r\n", "\n")
    if body.get_content_type() == "text/html":
        return words_of_markup(content)
    return SIGNATURE.sub("", content)
