"""One writer at a time: whoever changes a folder holds it from reading its manifest to writing its last file.

The lock is the operating system's own, which it takes back when its holder ends in any way, so that none is ever left
behind. Beside it lies who holds it, for those who are refused.
"""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from kg.errors import LedgerError
from kg.ledger.manifest import FOLDER

LOCK = ".lock"
HOLDER = ".holder.json"
LOCK_FILES = (LOCK, HOLDER)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a folder: what it does, its process and host, and since when (ISO 8601, UTC)."""

    doing: str
    process: int
    host: str
    since: str

    def __str__(self) -> str:
        return f"{self.doing}, process {self.process} on {self.host}, since {self.since}"


@contextmanager
def held(folder: str | Path, *, doing: str) -> Generator[Holder | None]:
    """Hold a folder while its ledger and views are changed; gives the last holder if that one broke off.

    :param doing: what the holder does, such as "kg build".
    :raises LedgerError: if another process or thread holds it, which is named, or the folder cannot be written to.

    >>> import tempfile
    >>> folder = tempfile.mkdtemp()
    >>> with held(folder, doing="kg build") as broken_off:
    ...     print(broken_off)
    None
    """
    path = Path(folder) / FOLDER
    lock = FileLock(path / LOCK, timeout=0, thread_local=False)
    try:
        path.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise LedgerError(_refusal(path)) from None
    except OSError as error:
        raise LedgerError(f"{folder} cannot be written to ({error.strerror}): name another folder") from error
    try:
        broken_off = _holder(path)
        _tell(path, doing)
        yield broken_off
    finally:
        with suppress(OSError):
            (path / HOLDER).unlink(missing_ok=True)
        lock.release()


def _refusal(ledger: Path) -> str:
    holder = _holder(ledger)
    who = f" ({holder})" if holder else ""
    return f"{ledger.parent} is being changed by another{who}: wait until it is done, or name another folder"


def _tell(ledger: Path, doing: str) -> None:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    holder = Holder(doing, os.getpid(), socket.gethostname(), now)
    with suppress(OSError):  # only a courtesy to those who are refused: the lock itself holds
        (ledger / HOLDER).write_text(json.dumps(asdict(holder)), encoding="utf-8")


def _holder(ledger: Path) -> Holder | None:
    try:
        return Holder(**json.loads((ledger / HOLDER).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
