"""Read news and policy articles into a knowledge graph of geopolitical events, each edge with its sentence.

>>> import kg
>>> record = kg.extract("Russia rejected the proposal of NATO.")
>>> claim = record.claims[0]
>>> claim.subject.name, claim.relation.lemma
('Russia', 'reject')
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.engines.build import build as build
    from kg.engines.local import extract as extract
    from kg.engines.local import extract_all as extract_all
    from kg.engines.report import BuildReport as BuildReport
    from kg.errors import KgError as KgError
    from kg.graph import Graph as Graph
    from kg.graph import open_graph as open_graph
    from kg.language.pipeline import load_pipeline as load_pipeline
    from kg.model import Argument as Argument
    from kg.model import Article as Article
    from kg.model import Claim as Claim
    from kg.model import Entity as Entity
    from kg.model import Event as Event
    from kg.model import Mention as Mention
    from kg.model import Participant as Participant
    from kg.model import Record as Record
    from kg.model import Relation as Relation
    from kg.model import Source as Source
    from kg.model import Span as Span
    from kg.model import Statement as Statement
    from kg.reading import Note as Note
    from kg.reading import Rejected as Rejected
    from kg.reading import read as read
    from kg.reading import read_any as read_any

# Where each public name lives. It is imported when first asked for: opening a graph then needs no spaCy.
HOMES = {
    "kg.engines.build": ("build",),
    "kg.engines.local": ("extract", "extract_all"),
    "kg.engines.report": ("BuildReport",),
    "kg.errors": ("KgError",),
    "kg.graph": ("Graph", "open_graph"),
    "kg.language.pipeline": ("load_pipeline",),
    "kg.model": (
        "Argument", "Article", "Claim", "Entity", "Event", "Mention", "Participant", "Record", "Relation", "Source",
        "Span", "Statement",
    ),
    "kg.reading": ("Note", "Rejected", "read", "read_any"),
}  # fmt: skip
HOME_OF = {name: home for home, names in HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in HOME_OF:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    return getattr(import_module(HOME_OF[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *HOME_OF})
