"""The component ``kg_claims``: puts the claims of a Doc at ``doc._.claims``."""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from kg.claims.extract import claims_of
from kg.language import extensions


def make_claims(nlp: Language, name: str, open: bool) -> Callable[[Doc], Doc]:
    """The component that extracts claims; with ``open`` it keeps those that concern no actor too."""
    extensions.register()

    def add_claims(doc: Doc) -> Doc:
        claims, things = claims_of(doc, open=open or doc._.open)
        doc._.claims = claims
        doc._.entities = doc._.entities | {thing.id: thing for thing in things}
        return doc

    return add_claims


Language.factory("kg_claims", func=make_claims, default_config={"open": False}, assigns=["doc._.claims"])
