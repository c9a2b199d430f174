"""Files that are there whole or not at all: written under another name, put safely on the disk, then renamed.

Whoever reads a file meanwhile, or after a crash or a power cut, finds the old one or the new one, never half of it.
"""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

DRAFT = ".draft-"


@contextmanager
def replacing(path: Path) -> Generator[Path]:
    """A draft to write to, which takes the place of ``path`` when the block ends well, and goes when it does not.

    :raises OSError: if the place cannot be written to.

    >>> import tempfile
    >>> target = Path(tempfile.mkdtemp()) / "a.txt"
    >>> with replacing(target) as draft:
    ...     _ = draft.write_text("whole")
    >>> target.read_text()
    'whole'
    """
    draft = path.with_name(DRAFT + path.name)
    try:
        yield draft
        saved(draft)
        draft.replace(path)
        saved(path.parent)
    except BaseException:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise


def write_text(path: Path, text: str) -> None:
    """Write a text file in UTF-8, with the line ends that the text has.

    :raises OSError: if the place cannot be written to.
    """
    with replacing(path) as draft:
        draft.write_text(text, encoding="utf-8", newline="\n")


def saved(path: Path) -> None:
    """Wait until what was written to a file, or the names in a folder, are on the disk and outlive a power cut.

    :raises OSError: if the disk says that they are not.
    """
    if os.name == "nt" and path.is_dir():
        return  # Windows opens no folders, and keeps their names by itself
    handle = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
