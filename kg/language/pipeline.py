"""Load a spaCy pipeline, bundled or installed, with the components of ``kg`` behind its own."""

from __future__ import annotations

from pathlib import Path

import spacy
from spacy.language import Language
from spacy.util import is_package

from kg.errors import PipelineError
from kg.language import breaks as breaks
from kg.language import encoder as encoder
from kg.language import extensions
from kg.language import lemmas as lemmas

PACKAGES = Path(__file__).with_name("pipelines")
DEFAULT, SMALL = "default", "small"
COMPONENTS = ("kg_actors", "kg_claims", "kg_events")
NEEDED = ("parser", "ner")


def bundled() -> list[str]:
    """The names of the pipelines that come with ``kg``."""
    return sorted(path.name for path in PACKAGES.iterdir() if (path / "meta.json").exists())


def load_pipeline(name: str | None = None) -> Language:
    """Load a pipeline by name or folder and put ``kg_breaks``, ``kg_actors``, ``kg_claims`` and ``kg_events`` in it.

    :param name: a bundled pipeline ("default", "small"), an installed spaCy package ("en_core_web_sm"), or the folder
        of one; where "default" is not bundled, "small" stands in for it.
    :raises PipelineError: if there is no such pipeline, or it has no parser or no ner.

    >>> load_pipeline().pipe_names[-3:]
    ['kg_actors', 'kg_claims', 'kg_events']
    """
    nlp = load_bare_pipeline(name)
    for component in COMPONENTS:
        if component not in nlp.pipe_names:
            nlp.add_pipe(component)
    return nlp


def load_bare_pipeline(name: str | None = None) -> Language:
    """The same without actors, claims and events: what ``kg eval parse`` and ``kg eval names`` measure."""
    name = resolved(name)
    nlp = _load(name)
    missing = [component for component in NEEDED if component not in nlp.pipe_names]
    if missing:
        raise PipelineError(f"the pipeline {name!r} has no {' and no '.join(missing)}; name one that has both")
    extensions.register()
    if "kg_breaks" not in nlp.pipe_names:
        nlp.add_pipe("kg_breaks", before="parser")
    return nlp


def resolved(name: str | None = None) -> str:
    """The name of the pipeline that is meant: "default" where none is named, and "small" where that is not bundled.

    >>> resolved("en_core_web_sm")
    'en_core_web_sm'
    """
    name = name or DEFAULT
    return SMALL if name == DEFAULT and name not in bundled() else name


def _load(name: str) -> Language:
    folder = PACKAGES / name
    if name in bundled():
        return spacy.load(folder)
    if is_package(name) or (Path(name) / "meta.json").exists():
        return spacy.load(name)
    raise PipelineError(
        f"there is no pipeline {name!r}: bundled are {', '.join(bundled())}; any other needs installing first, "
        f"or the path of its folder"
    )
