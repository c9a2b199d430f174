"""Articles to parsed Docs: the bundled English pipelines or any installed one, clauses, quotations and dates."""

from kg.language.pipeline import bundled, load_bare_pipeline, load_pipeline
from kg.language.quotations import Quotation, quotations
from kg.language.tree import Tree, tree_of

__all__ = ["Quotation", "Tree", "bundled", "load_bare_pipeline", "load_pipeline", "quotations", "tree_of"]
