"""Made by hand: records of one sentence a claim, for the rooms that keep the graph; parses, for those that read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pytest
from spacy.tokens import Doc

from kg.language.extensions import register
from kg.language.pipeline import load_bare_pipeline
from kg.model import (
    Argument,
    Article,
    Claim,
    Entity,
    Event,
    Mention,
    Participant,
    Record,
    Relation,
    Source,
    Span,
    content_id,
)

WORLD = {
    "Vladimir Putin": Entity("Q7747", "person", "Vladimir Putin", ("Putin",), "Q7747", country="Q159"),
    "Viktor Orbán": Entity("Q57641", "person", "Viktor Orbán", ("Orban",), "Q57641"),
    "NATO": Entity("Q7184", "organization", "NATO", ("the alliance",), "Q7184"),
    "Russia": Entity("Q159", "country", "Russia", ("Russian Federation",), "Q159"),
    "Ukraine": Entity("Q212", "country", "Ukraine", (), "Q212"),
    "United States": Entity("Q30", "country", "United States", ("US",), "Q30"),
    "Kyiv": Entity("Q1899", "place", "Kyiv", (), "Q1899", country="Q212"),
    "Russian demands": Entity("xdemands", "thing", "Russian demands"),
}
THREAT = Event("THREATEN", "verbal conflict", "130", -4.4)
REJECT = Event("REJECT", "verbal conflict", "120", -4.0)
CONSULT = Event("CONSULT", "verbal cooperation", "040", 1.0)


@dataclass
class Writer:
    """Writes one article: each claim adds the sentence that makes it."""

    id: str
    published: str | None = "2022-02-01"
    title: str | None = None
    world: dict[str, Entity] = field(default_factory=lambda: dict(WORLD))
    text: str = ""
    claims: list[Claim] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)

    def claim(
        self,
        subject: str,
        lemma: str,
        object: str | None = None,
        *,
        source: str | None = None,
        inferred: bool = False,
        nominal: bool = False,
        time: str | None = None,
        place: str | None = None,
        arguments: tuple[Argument, ...] = (),
        **more: Any,
    ) -> Claim:
        """Add a claim, and the sentence "subject lemma object." with what else is given."""
        start = len(self.text) + (1 if self.text else 0)
        words = [subject, lemma, *([object] if object else []), *([time] if time else []), *([place] if place else [])]
        words += [source, "said"] if source else []
        spans = list(_spans(words, start))
        self.text += (" " if self.text else "") + " ".join(words) + "."
        rest = spans[3 if object else 2 :]
        if time:
            arguments += (Argument("time", time, rest.pop(0), value=time),)
        if place:
            where = self._participant(place, rest.pop(0))
            arguments += (Argument("place", place, where.span, entity=where.entity),)
        claim = Claim(
            id=content_id("claim", self.id, start),
            article=self.id,
            sentence=Span(start, spans[-1].end + 1),
            subject=self._participant(subject, spans[0]),
            relation=Relation(lemma, spans[1], lemma, nominal=nominal),
            object=self._participant(object, spans[2], inferred=inferred) if object else None,
            source=self._source(source, rest) if source else None,
            arguments=arguments,
            **more,
        )
        self.claims.append(claim)
        return claim

    def record(self) -> Record:
        """The record of all that was written."""
        entities = {mention.entity for mention in self.mentions}
        return Record(
            article=Article(self.id, self.text or "Nothing.", self.title, self.published),
            entities=tuple(entity for entity in self.world.values() if entity.id in entities),
            mentions=tuple(self.mentions),
            claims=tuple(self.claims),
        )

    def _participant(self, name: str, span: Span, *, inferred: bool = False) -> Participant:
        entity = self.world[name]
        self.mentions.append(Mention(self.id, span, name, "name", entity.id, "by hand"))
        return Participant(name, span, entity.id, entity.name, entity.kind, inferred)

    def _source(self, name: str, spans: list[Span]) -> Source:
        entity = self.world[name]
        self.mentions.append(Mention(self.id, spans[0], name, "name", entity.id, "by hand"))
        return Source("said", spans[1], name, spans[0], entity.id, entity.name)


def _spans(words: list[str], start: int) -> Any:
    for word in words:
        yield Span(start, start + len(word))
        start += len(word) + 1


def crisis() -> list[Record]:
    """Two articles that between them hold one claim of every standing that a graph tells apart."""
    first = Writer("a1", "2022-02-01", "Putin warns NATO")
    joins = first.claim("Ukraine", "join", "NATO", modality="conditional", factuality=0.0, source="Vladimir Putin")
    condition = Argument("condition", claim=joins.id)
    first.claim(
        "Vladimir Putin", "warn", "NATO", inferred=True, confidence=0.6, event=THREAT, content=(joins.id,),
        arguments=(condition,),
    )  # fmt: skip
    first.claim("Vladimir Putin", "president of", "Russia", nominal=True, confidence=0.9)
    first.claim("United States", "reject", "Russian demands", confidence=0.8, event=REJECT, time="2022-01-26")
    first.claim("NATO", "send to", "Ukraine", polarity="negative", factuality=-3.0, source="United States")
    second = Writer("a2", "2022-02-03")
    second.claim("Vladimir Putin", "warn", "NATO", confidence=0.7, event=THREAT)
    second.claim("Vladimir Putin", "meet", "Viktor Orbán", event=CONSULT, time="2022-02-01/2022-02-02", place="Kyiv")
    second.claim("NATO", "send to", "Ukraine", source="Russia")
    second.claim("Russia", "invade", "Ukraine", modality="possible", factuality=1.0)
    second.claim("Russia", "wait", confidence=0.5)
    return [first.record(), second.record()]


@pytest.fixture
def writer() -> type[Writer]:
    return Writer


@pytest.fixture
def records() -> list[Record]:
    return crisis()


PART_OF_SPEECH = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "PRP": "PRON", "PRP$": "PRON", "WDT": "PRON",
    "WP": "PRON", "DT": "DET", "IN": "ADP", "TO": "PART", "MD": "AUX", "JJ": "ADJ", "RB": "ADV", "CC": "CCONJ",
    "CD": "NUM", "POS": "PART", ".": "PUNCT", ",": "PUNCT", "$": "SYM", "``": "PUNCT", "''": "PUNCT",
}  # fmt: skip
NO_SPACE_BEFORE = ("POS", ".", ",", "''")
AUXILIARY = ("aux", "aux:pass", "auxpass", "cop")


@pytest.fixture(scope="session")
def parsed() -> Callable[..., Doc]:
    """Docs of one line of words, tags, labels, heads and mentions."""
    nlp = load_bare_pipeline()
    lemmatizer = nlp.get_pipe("kg_lemmatizer")
    register()

    def parse(line: str, *, published: str | None = None) -> Doc:
        words = [word.split("/") if not word.startswith("/") else ["/", *word[2:].split("/")] for word in line.split()]
        doc = Doc(
            nlp.vocab,
            words=[w[0] for w in words],
            spaces=[after[1] not in NO_SPACE_BEFORE and w[1] != "``" for w, after in pairwise([*words, ["", "."]])],
            tags=[w[1] for w in words],
            deps=[w[2] for w in words],
            heads=[int(w[3]) - 1 for w in words],
            pos=["AUX" if w[2] in AUXILIARY else PART_OF_SPEECH.get(w[1], "VERB") for w in words],
        )
        doc = lemmatizer(doc)
        doc._.article = Article(id="hand-made", text=doc.text, published=published)
        for token, word in zip(doc, words, strict=True):
            if len(word) > 4:
                name, kind = word[4].split(":")
                doc._.entities = doc._.entities | {name: Entity(id=name, kind=kind, name=name)}
                span = Span(token.idx, token.idx + len(token))
                kind_of_mention = "pronoun" if token.pos_ == "PRON" else "name"
                mention = Mention("hand-made", span, token.text, kind_of_mention, name, "by hand")
                doc._.mention_heads = doc._.mention_heads | {token.i: mention}
        return doc

    return parse
