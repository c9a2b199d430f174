"""What earlier loads put into a store, so that a load can go on where it broke off, and take away what is gone."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from kg.errors import StoreError


class LoadRecord:
    """The things that a store was given, each by table and key with a digest of its content.

    A load that broke off is resumed: what is recorded with the same digest is passed over. After a whole load nothing
    is passed over, so that a store which has been emptied since is filled again.

    :param path: the file that keeps the record; None keeps it in memory only.
    :param fresh: pass nothing over, even after a load that broke off.
    :raises StoreError: if the file is damaged.
    """

    def __init__(self, path: Path | None = None, *, fresh: bool = False) -> None:
        self.path = path
        self.resumed = 0
        self._given: dict[str, dict[str, str]] = {}
        self._resuming = False
        if path is not None and path.exists():
            try:
                kept = json.loads(path.read_text("utf8"))
                self._given = {table: dict(digests) for table, digests in kept["given"].items()}
                self._resuming = not (kept["complete"] or fresh)
            except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
                raise StoreError(f"{path} is damaged: remove it, and load again") from error

    def passes_over(self, table: str, key: str, digest: str) -> bool:
        """Whether a load that broke off gave the store this very thing already; counted."""
        known = self._resuming and self._given.get(table, {}).get(key) == digest
        self.resumed += known
        return known

    def given(self, table: str, key: str) -> str | None:
        """The digest of what the store was last given under a key."""
        return self._given.get(table, {}).get(key)

    def note(self, table: str, digests: Iterable[tuple[str, str]]) -> None:
        """Remember that the store now holds these things."""
        self._given.setdefault(table, {}).update(digests)

    def gone(self, table: str, present: Iterable[str]) -> list[str]:
        """The keys that the store was given once and that the graph holds no longer, sorted."""
        return sorted(self._given.get(table, {}).keys() - set(present))

    def forget(self, table: str, keys: Iterable[str]) -> None:
        """Remember that the store holds these things no longer."""
        for key in keys:
            self._given.get(table, {}).pop(key, None)

    def save(self, *, complete: bool) -> None:
        """Write the record to its file, if it has one.

        :raises StoreError: if the file cannot be written.
        """
        if self.path is None:
            return
        draft = self.path.with_suffix(".draft")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_text(json.dumps({"complete": complete, "given": self._given}, sort_keys=True) + "\n", "utf8")
            draft.replace(self.path)
        except OSError as error:
            raise StoreError(f"{self.path} cannot be written ({error.strerror}): make room or permit it") from error
