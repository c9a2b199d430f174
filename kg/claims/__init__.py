"""Clauses and nominals to claims: who does what to whom, who says so, whether it is affirmed, and how certain it is."""

from kg.claims.extract import claims_of
from kg.grammar.noun_standing import factuality, standings

__all__ = ["claims_of", "factuality", "standings"]
