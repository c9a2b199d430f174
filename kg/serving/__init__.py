"""The graph over HTTP: a SPARQL 1.1 endpoint, read-only and on loopback, with the page in front of it."""

from __future__ import annotations

from kg.serving.server import serve

__all__ = ["serve"]
