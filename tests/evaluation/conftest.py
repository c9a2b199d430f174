from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
import spacy
from spacy.tokens import Doc

from kg.language import extensions
from kg.model import Claim, Mention, Participant, Relation, Source, Span


class Prepared:
    """A pipeline that gives back Docs made by hand, in order."""

    def __init__(self, *docs: Doc) -> None:
        self.docs = docs

    def pipe(self, texts: Iterable[str]) -> Iterator[Doc]:
        for text, doc in zip(texts, self.docs, strict=True):
            assert doc.text == text
            yield doc


@pytest.fixture
def make_doc():
    extensions.register()
    vocab = spacy.blank("en").vocab

    def make(words: str, heads: list[int] | None = None, deps: str | None = None, tags: str | None = None, spaces=None):
        forms = words.split()
        doc = Doc(
            vocab,
            words=forms,
            spaces=spaces or [True] * (len(forms) - 1) + [False],
            heads=heads or [0] * len(forms),
            deps=deps.split() if deps else ["ROOT", *["dep"] * (len(forms) - 1)],
            tags=tags.split() if tags else None,
        )
        for name, value in (("claims", []), ("mentions", []), ("mention_heads", {}), ("entities", {})):
            doc._.set(name, value)
        return doc

    return make


@pytest.fixture
def prepared():
    return Prepared


@pytest.fixture
def make_claim():
    def make(text: str, subject: str, relation: str, object: str | None = None, *, lemma: str | None = None, **values):
        def span(words: str) -> Span:
            start = text.index(words)
            return Span(start, start + len(words))

        def participant(words: str) -> Participant:
            return Participant(words, span(words), f"x{words}", words, "thing")

        return Claim(
            id=values.pop("id", f"{subject}-{relation}-{object}"),
            article="a",
            sentence=values.pop("sentence", Span(0, len(text))),
            subject=participant(subject),
            relation=Relation(relation, span(relation), lemma or relation),
            object=participant(object) if object else None,
            **values,
        )

    return make


@pytest.fixture
def make_source():
    def make(text: str, words: str, cue: str) -> Source:
        start, cue_start = text.index(words), text.index(cue)
        return Source(
            cue=cue,
            cue_span=Span(cue_start, cue_start + len(cue)),
            text=words,
            span=Span(start, start + len(words)),
            name=words,
        )

    return make


@pytest.fixture
def make_mention():
    def make(doc: Doc, head: int, entity: str, type: str = "name", width: int = 1) -> Mention:
        span = doc[head - width + 1 : head + 1]
        mention = Mention("a", Span(span.start_char, span.end_char), span.text, type, entity, "by hand")
        doc._.mentions.append(mention)
        doc._.mention_heads[head] = mention
        return mention

    return make
