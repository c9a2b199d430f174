"""Attribution, read once: who says what, by which words, and what of it the article tells on its own account."""

from kg.grammar.attribution.act import Attribution
from kg.grammar.attribution.quoted import Quotation
from kg.grammar.attribution.reading import attribution_of, attributions, outermost
from kg.grammar.attribution.speech import quotation_at, quotations

__all__ = [
    "Attribution", "Quotation", "attribution_of", "attributions", "outermost", "quotation_at", "quotations",
]  # fmt: skip
