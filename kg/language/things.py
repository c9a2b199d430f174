"""The component ``kg_things``: names by rule of what corpora hardly annotate: weapons, amounts and hours.

- Adds WEAPON, MONEY, PERCENT, QUANTITY, TIME and CARDINAL to ``doc.ents``, each where no name stands yet.
- Needs tags, and ner before it; a pipeline that knows these labels keeps its own.
- None of them is an actor: the object of a claim that is one stays an entity of kind ``thing``.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from kg.language.amounts import amounts
from kg.language.weapons import weapons


def make_things(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """The component that names weapons, amounts and hours."""
    return name_things


Language.factory("kg_things", func=make_things, requires=["token.tag"], assigns=["doc.ents"])


def name_things(doc: Doc) -> Doc:
    """Add the weapons and amounts of a tagged Doc to its names.

    >>> import spacy
    >>> words, tags = "They sent 31 tanks and missiles".split(), "PRP VBD CD NNS CC NNS".split()
    >>> doc = Doc(spacy.blank("en").vocab, words=words, tags=tags, lemmas=[word.rstrip("s") for word in words])
    >>> [(name.text, name.label_) for name in name_things(doc).ents]
    [('31', 'CARDINAL'), ('tanks', 'WEAPON'), ('missiles', 'WEAPON')]
    """
    armed = [Span(doc, start, end, label="WEAPON") for start, end in weapons(doc)]
    counted = [Span(doc, start, end, label=label) for start, end, label in amounts(doc)]
    taken = {i for span in (*doc.ents, *armed) for i in range(span.start, span.end)}
    free = [span for span in counted if taken.isdisjoint(range(span.start, span.end))]
    doc.set_ents(filter_spans([*armed, *free]), default="unmodified")
    return doc
