"""The graph for language models, over the Model Context Protocol: to read only, each answer with its sentences.

It stands beside the endpoint of :mod:`kg.serving`, and asks SPARQL of the same confined processes.
"""

from __future__ import annotations

from kg.mcp.server import run, server_of

__all__ = ["run", "server_of"]
