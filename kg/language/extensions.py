"""What ``kg`` keeps on a spaCy Doc, under ``doc._``.

===============  ========================  =======================================================================
attribute        type                      meaning
===============  ========================  =======================================================================
article          Article                   the article that the Doc was made from; made of the bare text if not given
entities         dict[str, Entity]         the entities named in the article, by id
mentions         list[Mention]             every mention, in order of the text
mention_heads    dict[int, Mention]        the mention that a token is the head of, by token index
claims           list[Claim]               the claims, in order of the text
open             bool                      whether claims that concern no actor are wanted too
===============  ========================  =======================================================================
"""

from __future__ import annotations

from typing import Any

from spacy.tokens import Doc

from kg.model import Article

ATTRIBUTES: dict[str, Any] = {
    "article": None,
    "entities": {},
    "mentions": [],
    "mention_heads": {},
    "claims": [],
    "open": False,
}


def register() -> None:
    """Make the attributes known to spaCy; calling it again changes nothing."""
    for name, default in ATTRIBUTES.items():
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=default)


def article_of(doc: Doc) -> Article:
    """The article of a Doc; a Doc that was made from a bare string becomes an article of its own.

    >>> import spacy
    >>> article_of(spacy.blank("en")("The envoy left Kyiv.")).text
    'The envoy left Kyiv.'
    """
    register()
    if doc._.article is None:
        doc._.article = Article(id=Article.make(text=doc.text).id, text=doc.text)
    return doc._.article
