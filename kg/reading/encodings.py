"""The encoding of a file: as its user says, as its first bytes or its own words declare, else guessed and said.

UTF-8 proves itself: hardly any text in another encoding happens to be valid UTF-8. What is not is guessed by
charset_normalizer, and the guess is noted, since a wrong one puts wrong letters into names.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from typing import BinaryIO

from kg.reading.inputs import BYTES_LOOKED_AT, Input, UnreadableError, is_binary

SAMPLE = 1 << 20
WESTERN = "cp1252"
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Latin-1 as people mean it: its control characters are letters and quotation marks in Windows' superset.
MEANT = {"iso8859-1": WESTERN, "ascii": WESTERN, "gb2312": "gb18030"}


def text_of(source: Input) -> str:
    """All of an input as text.

    :raises UnreadableError: if it is binary, or the encoding that its user gave does not fit.

    >>> notes = []
    >>> text_of(Input("a.txt", io.BytesIO("The café in Orléans was closed.".encode("cp1252")), note=notes.append))
    'The café in Orléans was closed.'
    >>> print(notes[0])
    a.txt: is not UTF-8: read as windows-1252, by guess (--encoding names another)
    """
    return decoded(source, source.stream.read())


def decoded(source: Input, raw: bytes, *, declared: str | None = None) -> str:
    """Bytes of an input as text.

    :param declared: the encoding that the file itself names, which counts unless the file is valid UTF-8 or has a mark.
    :raises UnreadableError: if they are binary, or the encoding that the user gave does not fit.
    """
    encoding = encoding_of(source, raw, declared=declared)
    try:
        return raw.decode(encoding).lstrip("\ufeff")
    except (UnicodeDecodeError, LookupError) as error:
        if source.encoding or encoding.startswith("utf-"):
            raise _does_not_fit(encoding, error) from None
        return raw.decode(encoding, errors="replace")


def lines_of(source: Input) -> Iterator[tuple[int, str | UnreadableError]]:
    """The lines of an input with their numbers, counted from 1, their ends kept; many do not fit into memory at once.

    A line that breaks the encoding of the file is read as Windows-1252, and that is noted; a binary one is an error.

    :raises UnreadableError: if the file as a whole is binary.
    """
    head = source.stream.read(SAMPLE)
    encoding = encoding_of(source, head, whole=False)
    whole = io.BufferedReader(_Again(head, source.stream))
    for number, line in enumerate(io.TextIOWrapper(whole, encoding, errors="surrogateescape", newline=""), start=1):
        text = line.lstrip("\ufeff") if number == 1 else line
        yield number, text if text.isascii() else _mended(text, source, number)


def encoding_of(source: Input, raw: bytes, *, declared: str | None = None, whole: bool = True) -> str:
    """The name, as Python knows it, of the encoding of some bytes: all of a file, or its start if not ``whole``.

    :raises UnreadableError: if they are binary, or there is no encoding of the name that its user gave.
    """
    if source.encoding:
        return python_name(source.encoding) or _unknown(source.encoding)
    marked = next((name for mark, name in MARKS if raw.startswith(mark)), None)
    if marked and (marked == "utf-8-sig" or _has_wide_letters(raw)):
        return marked
    if is_binary(raw) if whole else _has_mostly_binary_lines(raw):
        return _wide_without_mark(source, raw)
    if _is_utf8(raw, whole=whole):
        return "utf-8"
    known = python_name(declared) if declared else None
    if known and known != "utf-8":
        return MEANT.get(known, known)
    return _guessed(source, raw)


def python_name(name: str) -> str | None:
    """The name that Python has for an encoding; None if it knows none.

    >>> python_name("Windows-1252"), python_name("latin1"), python_name("klingon")
    ('cp1252', 'iso8859-1', None)
    """
    try:
        return codecs.lookup(name.strip()).name
    except (LookupError, ValueError):
        return None


def _guessed(source: Input, raw: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(raw[:SAMPLE]).best() if len(raw) > 64 else None
    guess = MEANT.get(best.encoding, best.encoding) if best else WESTERN
    name = python_name(guess) or WESTERN
    # Most files that are no UTF-8 are Western; another page of the same alphabet must explain the bytes better.
    if name != WESTERN and best is not None and _fits(raw, WESTERN) and best.alphabets == ["Basic Latin"]:
        name = WESTERN
    source.say(f"is not UTF-8: read as {_spoken(name)}, by guess (--encoding names another)")
    return name


def _wide_without_mark(source: Input, raw: bytes) -> str:
    """UTF-16 without a mark: every second byte of English is a zero there."""
    head = raw[: BYTES_LOOKED_AT // 2 * 2]
    for name, zeros, letters in (("utf-16-le", head[1::2], head[::2]), ("utf-16-be", head[::2], head[1::2])):
        if zeros.count(0) > 0.9 * len(zeros) and not is_binary(letters):
            source.say(f"has no mark of its encoding: read as {name.upper()}, by guess (--encoding names another)")
            return name
    raise UnreadableError("is binary, not text", "give a text file, or the suffix of its own format")


def _has_mostly_binary_lines(raw: bytes) -> bool:
    """Whether most lines at the start of a table are binary: a single one is that row's own trouble."""
    lines = [line for line in raw[:BYTES_LOOKED_AT].splitlines() if line.strip()]
    return 2 * sum(map(is_binary, lines)) > len(lines)


def _has_wide_letters(raw: bytes) -> bool:
    """Whether bytes with a mark of UTF-16 or UTF-32 are it: English has a zero in every second byte there."""
    head = raw[2:BYTES_LOOKED_AT]
    return head.count(0) * 4 > len(head)


def _is_utf8(raw: bytes, *, whole: bool) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(raw, final=whole)
    except UnicodeDecodeError:
        return False
    return True


def _fits(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _mended(line: str, source: Input, number: int) -> str | UnreadableError:
    """The line, or where some of its bytes broke the encoding, the same bytes as Windows-1252."""
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        raw = line.encode("utf-8", errors="surrogateescape")
        if is_binary(raw):
            return UnreadableError("is binary, not text", "mend the line, or leave it out")
        source.say("is not in the encoding of its file: read as windows-1252, by guess", line=number)
        return raw.decode(WESTERN, errors="replace")
    return line


def _spoken(encoding: str) -> str:
    return "windows-" + encoding[2:] if encoding.startswith("cp125") else encoding


def _unknown(name: str) -> str:
    raise UnreadableError(f"cannot be read as {name!r}, which is no encoding", "name one such as utf-8 or cp1252")


def _does_not_fit(encoding: str, error: Exception) -> UnreadableError:
    where = ""
    if isinstance(error, UnicodeDecodeError):
        where = f" (byte 0x{error.object[error.start]:02x} at position {error.start})"
    return UnreadableError(f"is not {encoding.removesuffix('-sig').upper()}{where}", "name its own with --encoding")


class _Again(io.RawIOBase):
    """A stream whose first bytes were read already, from its start."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # pyright: ignore[reportIncompatibleMethodOverride]
        size = len(buffer)
        piece, self._head = (self._head[:size], self._head[size:]) if self._head else (self._rest.read(size), b"")
        buffer[: len(piece)] = piece
        return len(piece)
