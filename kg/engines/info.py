"""What is installed, and what a folder holds, told without loading a pipeline."""

from __future__ import annotations

import json
import platform
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from kg.actors.knowledge_base import KnowledgeBase
from kg.engines.outputs import counts, formats, making_of
from kg.engines.report import last_report
from kg.graph import open_graph
from kg.ledger.manifest import FOLDER as LEDGER_FOLDER
from kg.ledger.manifest import MANIFEST
from kg.version import VERSION

PACKAGE = Path(__file__).parents[1]
LIBRARIES = ("spacy", "pyoxigraph", "rdflib", "networkx", "pyarrow")


def info(folder: str | Path = "output") -> dict[str, Any]:
    """Versions, bundled pipelines, knowledge base, formats, and what the graph of a folder holds, if there is one.

    >>> sorted(info("no such folder"))
    ['formats', 'graph', 'kg', 'knowledge base', 'libraries', 'pipelines', 'python']
    """
    has_graph = (Path(folder) / LEDGER_FOLDER / MANIFEST).is_file()
    return {
        "kg": VERSION,
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in LIBRARIES},
        "pipelines": _pipelines(),
        "knowledge base": _knowledge_base(),
        "formats": list(formats()),
        "graph": {
            "folder": str(folder),
            **last_report(Path(folder)),
            **asdict(making_of(folder)),
            **counts(open_graph(folder)),
        }
        if has_graph
        else None,
    }


def _pipelines() -> dict[str, dict[str, Any]]:
    """The bundled pipelines: version, description and scores, as their meta.json has them."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted((PACKAGE / "language" / "pipelines").glob("*/meta.json")):
        meta = json.loads(path.read_text(encoding="utf-8"))
        scores = {name: meta.get("performance", {}).get(name) for name in ("dep_las", "tag_acc", "ents_f")}
        found[path.parent.name] = {
            "version": meta.get("version"),
            "description": meta.get("description"),
            "licence": meta.get("license"),
            "scores": {name: round(score, 3) for name, score in scores.items() if score},
        }
    return found


def _knowledge_base() -> dict[str, Any]:
    """How much the knowledge base holds, and the names of its sources, which NOTICE lists with their licences."""
    knowledge = KnowledgeBase.load()
    return {**knowledge.counts, "sources": [source["name"] for source in knowledge.sources]}
