"""Articles to parsed Docs: the bundled English pipelines or any installed one, with dates and amounts."""

from kg.language.pipeline import bundled, load_bare_pipeline, load_pipeline

__all__ = ["bundled", "load_bare_pipeline", "load_pipeline"]
