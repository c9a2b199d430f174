"""Fingerprints: what made the records of a ledger, and what a folder's files were written for.

They change with whatever can change a result: code, tables, weights, and the libraries that matter. Of code only the
meaning counts: comments, docstrings and layout may change without a fingerprint changing.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kg.errors import KnowledgeBaseError
from kg.language.bundled import PACKAGES, is_installed
from kg.model import content_id

PACKAGE = Path(__file__).parents[1]
ROOMS_THAT_READ = ("reading", "language", "grammar", "actors", "claims", "events")
ROOMS_THAT_SHOW = ("ledger", "graph", "rdf", "views")
LIBRARIES_THAT_READ = ("spacy", "thinc", "onnxruntime", "dateparser", "numpy")
LIBRARIES_THAT_SHOW = ("pyoxigraph", "networkx", "igraph", "pyvis")
MODEL = "model.py"
CACHES = "__pycache__"


def maker_of(pipeline: str, knowledge_base: str | None = None) -> str:
    """A short hash of all that an extraction depends on besides the article: equal makers give equal records.

    A ledger that was made by the same maker need not read an article again that it knows.

    :raises KnowledgeBaseError: if the file of the knowledge base cannot be read.
    """
    others = {folder for folder in PACKAGES.iterdir() if folder.name != pipeline}
    files = (path for path in _files(ROOMS_THAT_READ) if others.isdisjoint(path.parents))
    knowledge = _hash(_bytes_of(knowledge_base)) if knowledge_base else ""
    return content_id("maker", _libraries(LIBRARIES_THAT_READ), _pipeline_version(pipeline), knowledge, *_hashes(files))


def shown_by() -> str:
    """A short hash of all that the files of a graph depend on besides its ledger: code, templates and libraries."""
    return content_id("shown by", _libraries(LIBRARIES_THAT_SHOW), *_hashes(_files(ROOMS_THAT_SHOW)))


def meaning_of(code: str) -> str:
    """Python code without what does not matter to what it does: comments, docstrings and layout.

    >>> meaning_of("def f():\\n    'Give one.'\\n    return 1  # always") == meaning_of("def f(): return 1")
    True
    """
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and _documented(node):
            node.body = node.body[1:]
    return ast.dump(tree)


def _documented(node: ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    first = node.body[0] if node.body else None
    return isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)


def _files(rooms: Iterable[str]) -> Iterator[Path]:
    yield from (path for path in [PACKAGE / MODEL] if path.exists())
    for room in rooms:
        yield from (p for p in sorted((PACKAGE / room).rglob("*")) if p.is_file() and CACHES not in p.parts)


def _hashes(paths: Iterable[Path]) -> Iterator[str]:
    """The name of each file within the package and a hash of what it means."""
    for path in paths:
        data = path.read_bytes()
        yield path.relative_to(PACKAGE).as_posix()
        yield _hash(meaning_of(data.decode()).encode() if path.suffix == ".py" else data)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _bytes_of(knowledge_base: str) -> bytes:
    try:
        return Path(knowledge_base).read_bytes()
    except OSError as error:
        raise KnowledgeBaseError(
            f"{knowledge_base} cannot be read ({error.strerror}): name another with --kb"
        ) from error


def _libraries(names: Iterable[str]) -> str:
    return " ".join(f"{name} {_version(name)}" for name in names)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"


def _pipeline_version(pipeline: str) -> str:
    """Name and version of an installed pipeline; the bundled ones are among the files that are hashed."""
    return f"{pipeline} {version(pipeline)}" if is_installed(pipeline) else pipeline
