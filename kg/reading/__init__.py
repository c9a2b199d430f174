"""Paths, folders and standard input become articles; what cannot be read becomes a rejection that says why.

A reader turns one input into articles. Readers register by suffix under the entry-point group ``kg.readers``, so a
package of yours adds a format without a change here::

    [project.entry-points."kg.readers"]
    docx = "my_package:read_docx"
"""

from kg.reading.inputs import Input, Note, Reader, ReadingOptions, Rejected, UnreadableError
from kg.reading.paths import read
from kg.reading.plain import article_from_text
from kg.reading.sources import read_any

__all__ = [
    "Input", "Note", "Reader", "ReadingOptions", "Rejected", "UnreadableError", "article_from_text", "read", "read_any",
]  # fmt: skip
