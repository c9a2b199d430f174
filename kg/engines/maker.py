"""What made a record: a hash that changes whenever the code, the tables or the weights that read articles change."""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from kg.model import ID_LENGTH

PACKAGE = Path(__file__).parents[1]
ROOMS_THAT_READ = ("reading", "language", "grammar", "actors", "claims", "events")
CACHES = "__pycache__"


def maker_of(pipeline: str, knowledge_base: str | None = None) -> str:
    """A short hash of all that an extraction depends on besides the article: equal makers give equal records.

    A ledger that was made by the same maker need not read an article again that it knows.
    """
    digest = hashlib.sha256(f"{version('spacy')}\x1f{_pipeline_version(pipeline)}".encode())
    if knowledge_base:
        digest.update(Path(knowledge_base).read_bytes())
    for room in ROOMS_THAT_READ:
        for path in sorted((PACKAGE / room).rglob("*")):
            if path.is_file() and CACHES not in path.parts:
                digest.update(path.relative_to(PACKAGE).as_posix().encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:ID_LENGTH]


def _pipeline_version(pipeline: str) -> str:
    """Name and version of an installed pipeline; the bundled ones are among the files that are hashed."""
    installed = pipeline.isidentifier() and find_spec(pipeline) is not None
    return f"{pipeline} {version(pipeline)}" if installed else pipeline
