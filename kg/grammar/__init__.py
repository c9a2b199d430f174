"""Parsed Docs to clauses, read once: tree, corrections, noun phrases, predicates, quotations, attribution, standing."""

from kg.grammar.attribution import Quotation, quotations
from kg.grammar.tree import Tree, tree_of

__all__ = ["Quotation", "Tree", "quotations", "tree_of"]
