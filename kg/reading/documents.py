"""Documents of offices: PDF with a text layer, Word and Rich Text, by the libraries of the extra ``documents``."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any

from kg.model import Article
from kg.reading.archives import articles_of_text
from kg.reading.encodings import text_of
from kg.reading.inputs import Input, Rejected, UnreadableError
from kg.reading.lines import paragraphs_of_lines, without_running_heads
from kg.reading.plain import clean_headline
from kg.reading.tables import require

LETTERS_OF_A_PAGE = 20
TITLE_OF_A_PROGRAM = re.compile(r"microsoft word|untitled|\.(?:docx?|pdf|indd|qxd|rtf)\b", re.IGNORECASE)


def read_pdf(source: Input) -> Iterator[Article | Rejected]:
    """Read the text layer of a PDF; running heads and page numbers are left out, words cut at line ends made whole.

    :raises UnreadableError: if it is no PDF, is locked, holds pictures alone, or pypdf is not installed.
    """
    require("pypdf", "documents")
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        reader = PdfReader(source.stream)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableError("is locked with a password", "save it without one")
        pages = [(page.extract_text() or "").splitlines() for page in reader.pages]
        title = _title_of(reader.metadata)
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        reason = f"is no readable PDF ({type(error).__name__}: {error})"
        raise UnreadableError(reason, "save it anew, or its text") from None
    letters = sum(character.isalpha() for page in pages for line in page for character in line)
    if letters < LETTERS_OF_A_PAGE * max(1, len(pages)):
        reason = "has no text layer: its pages are pictures"
        raise UnreadableError(reason, "have its text recognised first, for example with ocrmypdf")
    lines = [line for page in without_running_heads(pages) for line in page]
    paragraphs = paragraphs_of_lines(lines)
    shown = title if title and title.casefold() in " ".join(" ".join(lines).split()).casefold() else None
    yield from articles_of_text("\n\n".join(paragraphs), source, head={"title": shown})


def read_docx(source: Input) -> Iterator[Article | Rejected]:
    """Read a Word document: its paragraphs and the cells of its tables; the paragraph of the style Title is the title.

    :raises UnreadableError: if it is no Word document, holds no text, or python-docx is not installed.
    """
    require("docx", "documents")
    import docx

    try:
        document: Any = docx.Document(source.stream)
        blocks = [(block.style.name if block.style else "", block.text) for block in _blocks(document)]
    except (ValueError, KeyError, OSError, AttributeError) as error:
        raise UnreadableError(f"is no readable Word document ({error})", "save it again as .docx") from None
    except Exception as error:
        if type(error).__module__.partition(".")[0] not in ("docx", "lxml", "zipfile"):
            raise
        raise UnreadableError(f"is no readable Word document ({error})", "save it again as .docx") from None
    title = next((clean_headline(text) for style, text in blocks if style == "Title" and text.strip()), None)
    yield from articles_of_text("\n\n".join(text for _, text in blocks if text.strip()), source, head={"title": title})


def read_rtf(source: Input) -> Iterator[Article | Rejected]:
    """Read a document of Rich Text.

    :raises UnreadableError: if it is none, holds no text, or striprtf is not installed.
    """
    require("striprtf", "documents")
    from striprtf.striprtf import rtf_to_text

    raw = text_of(source)
    if not raw.lstrip().startswith("{\\rtf"):
        raise UnreadableError("is no Rich Text", "save it again as .rtf, or as .txt")
    text = rtf_to_text(raw, errors="replace")
    yield from articles_of_text(re.sub(r"\n[ \t]*\n?", "\n\n", text.replace("|", " ")), source)


def _blocks(document: Any) -> Iterator[Any]:
    """The paragraphs of a document, and of the cells of its tables, in their order."""
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                for cell in row.cells:
                    yield from cell.paragraphs
        else:
            yield block


def _title_of(metadata: Any) -> str | None:
    """The title that a PDF says it has, unless a program put the name of a file there."""
    title = " ".join(str((metadata and metadata.title) or "").split())
    return title if title and not TITLE_OF_A_PROGRAM.search(title) else None
