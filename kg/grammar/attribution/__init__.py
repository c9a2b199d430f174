"""Attribution, read once: who says what, by which words, and what of it the article tells on its own account."""

from kg.grammar.attribution.act import Attribution
from kg.grammar.attribution.reading import attribution_of, attributions, outermost

__all__ = ["Attribution", "attribution_of", "attributions", "outermost"]
