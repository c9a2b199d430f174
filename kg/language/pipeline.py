"""Load a spaCy pipeline, bundled or installed, with the components of ``kg`` behind its own."""

from __future__ import annotations

from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer

from kg.errors import PipelineError
from kg.language import breaks as breaks
from kg.language import encoder as encoder
from kg.language import extensions
from kg.language import lemmas as lemmas
from kg.language import things as things
from kg.language.bundled import DEFAULT, PACKAGES, bundled, check_pipeline
from kg.language.tokens import know_apostrophes

COMPONENTS = ("kg_actors", "kg_claims", "kg_events")
NEEDED = ("parser", "ner")


def load_pipeline(name: str | None = None, *, knowledge_base: str | Path | None = None) -> Language:
    """Load a pipeline by name or folder and put the components of ``kg`` in it: ``kg_breaks`` before the parser,
    ``kg_things``, ``kg_actors``, ``kg_claims`` and ``kg_events`` at the end.

    :param name: a bundled pipeline ("small", "accurate"), an installed spaCy package ("en_core_web_sm"), or the folder
        of one.
    :param knowledge_base: a CSV or Parquet file of names that extends the knowledge base, or another one's file.
    :raises PipelineError: if there is no such pipeline, or it has no parser or no ner.
    :raises KnowledgeBaseError: if the knowledge base is missing or damaged.

    >>> load_pipeline().pipe_names[-3:]
    ['kg_actors', 'kg_claims', 'kg_events']
    """
    nlp = load_bare_pipeline(name)
    for component in COMPONENTS:
        if component not in nlp.pipe_names:
            own = {"knowledge_base": str(knowledge_base)} if component == "kg_actors" and knowledge_base else {}
            nlp.add_pipe(component, config=own)
    return nlp


def load_bare_pipeline(name: str | None = None) -> Language:
    """The same without actors, claims and events: what ``kg eval parse`` and ``kg eval names`` measure."""
    name = name or DEFAULT
    nlp = _load(name)
    missing = [component for component in NEEDED if component not in nlp.pipe_names]
    if missing:
        raise PipelineError(f"the pipeline {name!r} has no {' and no '.join(missing)}; name one that has both")
    extensions.register()
    if isinstance(nlp.tokenizer, Tokenizer):
        know_apostrophes(nlp)
    if "kg_breaks" not in nlp.pipe_names:
        nlp.add_pipe("kg_breaks", before="parser")
    if "kg_things" not in nlp.pipe_names:
        nlp.add_pipe("kg_things")
    return nlp


def _load(name: str) -> Language:
    check_pipeline(name)
    return spacy.load(PACKAGES / name if name in bundled() else name)
