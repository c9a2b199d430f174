"""The event between two actors of one sentence, where no claim was made of it: the word that relates them."""

from __future__ import annotations

from spacy.tokens import Span

from kg.events.coder import Coder
from kg.grammar.paths import words_between
from kg.model import Event


def event_between(source: Span, target: Span, *, coder: Coder) -> Event | None:
    """The event of the first word, on the way from source to target, that names one; else of the nearest that does.

    >>> import spacy
    >>> from spacy.tokens import Doc
    >>> doc = Doc(spacy.blank("en").vocab, words=["Peru", "threatened", "Chile"], lemmas=["Peru", "threaten", "Chile"],
    ...           pos=["PROPN", "VERB", "PROPN"], heads=[1, 1, 1], deps=["nsubj", "ROOT", "obj"])
    >>> event_between(doc[0:1], doc[2:3], coder=Coder.load()).type
    'THREATEN'
    """
    events = (coder.event_at(token) for token in words_between(source, target))
    return next((event for event in events if event is not None), None)
