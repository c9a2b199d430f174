"""What a store's files were when it was closed: a store that lost a piece of itself may answer wrongly without a word.

The store checks the blocks that it reads, but takes a log or a list of files that ends too early for a shorter one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kg.files import write_text

SEAL = "kg.json"
CHECKED_BY_THE_STORE = ".sst"
PASSING = ("LOG", "LOCK", SEAL)  # a diary, a lock, and what is here


def seal(store: Path, *, beside: Iterable[Path] = ()) -> None:
    """Keep what the files of a store that is closed are, and how long the files beside it.

    :raises OSError: if the place cannot be written to.
    """
    sizes = {path.name: path.stat().st_size for path in beside if path.is_file()}
    write_text(store / SEAL, json.dumps({"files": _files(store), "beside": sizes}, indent=2, sort_keys=True) + "\n")


def flaw(store: Path, *, beside: Iterable[Path] = ()) -> str | None:
    """What is wrong with a store that was sealed, or with a file beside it; None if nothing is, or nobody sealed it."""
    try:
        values = json.loads((store / SEAL).read_text("utf-8"))
        wanted: dict[str, Any] = values["files"]
        sizes: dict[str, int] = values["beside"]
        found = _files(store)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        return f"{SEAL} cannot be read"
    for name in sorted(wanted.keys() | found.keys()):
        if name not in found or found[name] != wanted.get(name):
            return f"{name} is not as it was left"
    changed = (path.name for path in beside if path.name in sizes and path.stat().st_size != sizes[path.name])
    return next((f"{name} is not as it was left" for name in changed), None)


def _files(store: Path) -> dict[str, list[object]]:
    """The length of each file, and the hash of those that the store itself does not check."""
    found: dict[str, list[object]] = {}
    for path in sorted(store.iterdir()):
        if path.is_file() and not path.name.startswith(PASSING):
            checked = path.suffix == CHECKED_BY_THE_STORE
            found[path.name] = [path.stat().st_size, "" if checked else hashlib.sha256(path.read_bytes()).hexdigest()]
    return found
