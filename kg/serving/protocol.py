"""HTTP that nobody can hold open: deadlines for a request's head and body and for reading the answer, and so many
connections and no more.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 10.0
BODY_SECONDS = 20.0
STALLED_SECONDS = 30.0
LOOK_SECONDS = 1.0
MOST_CONNECTIONS = 200


class GuardedProtocol(H11Protocol):
    """A connection, looked at once a second while it is open."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Keep to so many connections: the one that has been silent longest makes room."""
        super().connection_made(transport)
        self._since = self.loop.time()
        self._unread = 0
        self._look_again = self.loop.call_later(LOOK_SECONDS, self._look)
        if len(self.connections) > MOST_CONNECTIONS:
            self._make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        """Look no more."""
        self._look_again.cancel()
        super().connection_lost(exc)

    def _make_room(self) -> None:
        found = [other for other in self.connections if isinstance(other, GuardedProtocol)]
        there = [other for other in found if not other.transport.is_closing()]
        if len(there) > MOST_CONNECTIONS:
            silent = sorted((other for other in there if not other.at_work), key=GuardedProtocol.silent_since)
            (silent[0] if silent else self).transport.abort()

    @property
    def at_work(self) -> bool:
        """Whether a request came whole, and its answer is not yet given."""
        cycle: Any = self.cycle
        return cycle is not None and not cycle.response_complete

    def silent_since(self) -> float:
        """When it was last heard of, by the loop's clock."""
        return self._since

    def _look(self) -> None:
        """End the connection if a head does not come, or an answer is not taken, in time."""
        now = self.loop.time()
        unread = self.transport.get_write_buffer_size()
        waits_for_us = self.at_work and not unread
        if waits_for_us or (unread and unread != self._unread):
            self._since = now
        self._unread = unread
        if now - self._since > (STALLED_SECONDS if unread else HEAD_SECONDS):
            self.transport.abort()
            return
        self._look_again = self.loop.call_later(LOOK_SECONDS, self._look)
