"""Records out of the RDF of a graph, the way back from :func:`kg.rdf.quads`.

RDF does not carry all of a record. What one article alone says of an entity (its names, sector and score there) comes
back as the graph merged it; the names by which claims call their parts are those of the merged entities; the rules that
made a claim, the hour of publication, and the order in which a claim lists its content are gone. What of the file's own
triples is not restored is counted, not guessed: the records are made a graph again, and the two are compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store

from kg.errors import ExportError, GraphFileError, RecordError
from kg.graph import Graph
from kg.model import Argument, Article, Claim, Entity, Event, Mention, Number, Participant, Record, Relation, Source
from kg.rdf.facts import Facts
from kg.rdf.names import Names, external
from kg.rdf.nodes import About
from kg.rdf.writer import quads

SYNTAXES = {".trig": RdfFormat.TRIG, ".nq": RdfFormat.N_QUADS}
NO_GRAPH = "give the graph.trig of a `kg build`, or what `kg export trig` or nquads wrote"


@dataclass(frozen=True, slots=True)
class Restored:
    """What a file gave back: records, and how it was made; ``left_out`` counts its triples that no record holds."""

    records: tuple[Record, ...]
    base_iri: str
    about: About
    left_out: int


def restore(path: str | Path) -> Restored:
    """The records of the graph in a TriG or N-Quads file that ``kg`` wrote.

    A dump of a store that ``kg load sparql`` filled will do: what was merged may stand in ``<base>dataset/merged``.

    :raises GraphFileError: if the file cannot be read, holds no graph of ``kg``, or one of an older version.
    """
    path = Path(path)
    store = _parsed(path)
    try:
        names, dataset = _description(store)
        merged = Facts(_merged(store, names), names)
        records = tuple(
            _Article(name, Facts(store.quads_for_pattern(None, None, None, name), names), merged).record()
            for name in _articles(store)
        )
        graph = Graph.from_records(records)
    except (GraphFileError, RecordError, ValueError) as error:
        raise GraphFileError(f"{path}: {error}") from error
    about = About(merged.one(dataset, "pipeline"), merged.one(dataset, "dcterms:license"))
    return Restored(records, names.base, about, _left_out(store, graph, names, about, dataset))


def _parsed(path: Path) -> Store:
    if path.suffix not in SYNTAXES:
        raise GraphFileError(f"{path} is neither TriG (.trig) nor N-Quads (.nq): {NO_GRAPH}")
    store = Store()
    try:
        with path.open("rb") as file:
            store.bulk_load(file, SYNTAXES[path.suffix])
    except (SyntaxError, ValueError, RuntimeError, MemoryError) as error:
        raise GraphFileError(f"{path} is damaged ({' '.join(str(error).split())}): {NO_GRAPH}") from error
    except OSError as error:
        raise GraphFileError(f"{path} cannot be read ({error.strerror or error}): {NO_GRAPH}") from error
    return store


def _description(store: Store) -> tuple[Names, str]:
    """The names by which a graph of ours was written, and the node that describes it."""
    for quad in store.quads_for_pattern(None, external("void:uriSpace"), None, None):
        if not isinstance(quad.object, Literal):
            continue
        try:
            names = Names(quad.object.value)
        except ExportError:
            continue  # somebody else's data set, below no base that kg would take
        ontology = NamedNode(names.base + "ontology")
        if any(store.quads_for_pattern(quad.subject, external("dcterms:conformsTo"), ontology, None)):
            return names, cast(NamedNode, quad.subject).value
    raise GraphFileError(f"holds no graph that kg wrote: {NO_GRAPH}")


def _merged(store: Store, names: Names) -> Iterator[Quad]:
    yield from store.quads_for_pattern(None, None, None, DefaultGraph())
    yield from store.quads_for_pattern(None, None, None, names.dataset("merged"))


def _articles(store: Store) -> list[NamedNode]:
    """The names of the graphs that hold the article of that name, sorted."""
    found = store.quads_for_pattern(None, external("rdf:type"), external("schema:NewsArticle"), None)
    own = (quad.subject for quad in found if quad.subject == quad.graph_name)
    return sorted((name for name in own if isinstance(name, NamedNode)), key=lambda name: name.value)


def _left_out(store: Store, graph: Graph, names: Names, about: About, dataset: str) -> int:
    """How many triples of a file its restored graph has not; the description of the file as a whole does not count."""
    merged = names.dataset("merged")
    for quad in quads(graph, base_iri=names.base, about=about):
        store.remove(quad)
        if isinstance(quad.graph_name, DefaultGraph):
            store.remove(Quad(quad.subject, quad.predicate, quad.object, merged))
    return sum(getattr(quad.subject, "value", "") != dataset for quad in store)


def checked(record: Record) -> Record:
    """A record whose spans all lie in its article, and hold the words that its mentions say.

    :raises RecordError: if one does not.
    """
    text = record.article.text
    for mention in record.mentions:
        if mention.span.of(text) != mention.text:
            raise RecordError(
                f"the mention {mention.text[:50]!r} of {record.article.id!r} is not where it is said to be"
            )
    for claim in record.claims:
        arguments = (argument.span for argument in claim.arguments)
        source = (claim.source.span, claim.source.cue_span) if claim.source else ()
        ends = (claim.sentence, claim.subject.span, claim.relation.span, claim.object and claim.object.span)
        if any(span and span.end > len(text) for span in (*ends, *arguments, *source)):
            raise RecordError(f"the claim {claim.id!r} has a span past the end of {record.article.id!r}")
    return record


class _Article:
    """One article's record, out of the triples of its own graph and those of what was merged."""

    def __init__(self, name: NamedNode, facts: Facts, merged: Facts) -> None:
        self.node, self.facts, self.merged, self.names = name.value, facts, merged, facts.names
        self.article = self._article()
        self._entities: dict[str, Entity] = {}

    def record(self) -> Record:
        mentions = tuple(self._mentions())
        claims = tuple(self._claim(node) for node in self.facts.of_type("Claim"))
        entities = tuple(self._entities[id] for id in sorted(self._entities))
        return checked(Record(self.article, entities, mentions, claims))

    def _article(self) -> Article:
        one = self.facts.one
        return Article(
            id=self.facts.need(self.node, "dcterms:identifier"),
            text=self.facts.need(self.node, "nif:isString"),
            title=one(self.node, "schema:headline"),
            published=one(self.node, "schema:datePublished"),
            publisher=one(self.node, "schema:publisher"),
            url=one(self.node, "schema:url"),
            language=one(self.node, "schema:inLanguage") or "en",
        )

    def _entity(self, id: str) -> Entity:
        if id not in self._entities:
            self._entities[id] = self._merged_entity(id)
        return self._entities[id]

    def _merged_entity(self, id: str) -> Entity:
        node, facts = self.names.entity(id).value, self.merged
        name = facts.need(node, "rdfs:label")
        kind = facts.term(node, "rdf:type") or ""
        return Entity(
            id=id,
            kind=cast(Any, kind.lower()),
            name=name,
            names=tuple(sorted({name, *facts.all(node, "skos:altLabel")})),
            wikidata=next((iri.rpartition("/")[2] for iri in facts.all(node, "owl:sameAs")), None),
            country=next(iter(facts.ids(node, "country", "entity")), None),
            sector=facts.one(node, "sector"),
            part_of=next(iter(facts.ids(node, "partOf", "entity")), None),
            score=facts.number(node, "score") or 0.0,
            country_code=facts.one(node, "countryCode"),
            latitude=facts.number(node, "latitude"),
            longitude=facts.number(node, "longitude"),
        )

    def _mentions(self) -> Iterator[Mention]:
        for node in self.facts.with_property("gaf:denotedBy"):
            for words in self.facts.all(node, "gaf:denotedBy"):
                span = self.facts.span(words)
                yield Mention(
                    article=self.article.id,
                    span=span,
                    text=span.of(self.article.text),
                    type=cast(Any, self.facts.need(words, "mentionType")),
                    entity=self._entity(self.facts.id(node, "entity")).id,
                    reason=self.facts.need(words, "reason"),
                    score=float(self.facts.need(words, "score")),
                )

    def _claim(self, node: str) -> Claim:
        need, facts = self.facts.need, self.facts
        return Claim(
            id=facts.id(node, "claim"),
            article=self.article.id,
            sentence=facts.span(need(node, "prov:wasDerivedFrom")),
            subject=self._participant(node, "subject"),
            relation=self._relation(node),
            object=self._participant(node, "object") if facts.one(node, "rdf:object") else None,
            content=tuple(facts.ids(node, "content", "claim")),
            arguments=tuple(self._argument(place) for place in sorted(facts.all(node, "argument"), key=_place)),
            source=self._source(node) if facts.one(node, "cue") is not None else None,
            polarity=cast(Any, facts.term(node, "polarity")),
            modality=cast(Any, facts.term(node, "modality")),
            factuality=float(need(node, "factuality")),
            event=self._event(node),
            confidence=float(need(node, "confidence")),
            ground=facts.one(node, "ground"),
            numbers=tuple(self._number(place) for place in sorted(facts.all(node, "number"), key=_place)),
        )

    def _participant(self, node: str, part: str) -> Participant:
        span = self.facts.span(self.facts.need(node, f"{part}Span"))
        entity = self._entity(self.facts.id(self.facts.need(node, f"rdf:{part}"), "entity"))
        inferred = part == "object" and self.facts.one(node, "isInferred") == "true"
        return Participant(span.of(self.article.text), span, entity.id, entity.name, entity.kind, inferred)

    def _relation(self, node: str) -> Relation:
        span = self.facts.span(self.facts.need(node, "relationSpan"))
        lemma = self.merged.need(self.facts.need(node, "rdf:predicate"), "lemma")
        return Relation(span.of(self.article.text), span, lemma, self.facts.one(node, "isNominal") == "true")

    def _source(self, node: str) -> Source:
        words = self.facts.one(node, "sourceSpan")
        span = self.facts.span(words) if words else None
        ids = self.facts.ids(node, "prov:wasAttributedTo", "entity")
        entity = self._entity(ids[0]) if ids else None
        return Source(
            cue=self.facts.need(node, "cue"),
            cue_span=self.facts.span(self.facts.need(node, "cueSpan")),
            text=span.of(self.article.text) if span else None,
            span=span,
            entity=entity.id if entity else None,
            name=entity.name if entity else None,
            quoted=self.facts.one(node, "isQuoted") == "true",
        )

    def _event(self, node: str) -> Event | None:
        type, quad = self.facts.term(node, "eventType"), self.facts.term(node, "quadClass")
        if type is None or quad is None:
            return None
        return Event(
            type=cast(Any, type),
            quad=cast(Any, _words(quad)),
            cameo=self.facts.one(node, "cameoCode"),
            goldstein=self.facts.number(node, "goldstein"),
            mode=self.facts.one(node, "eventMode"),
        )

    def _argument(self, node: str) -> Argument:
        words = self.facts.one(node, "span")
        entities = self.facts.ids(node, "refersTo", "entity")
        return Argument(
            role=self.facts.need(node, "role"),
            text=self.facts.one(node, "text"),
            span=self.facts.span(words) if words else None,
            value=self.facts.one(node, "value"),
            entity=self._entity(entities[0]).id if entities else None,
            claim=next(iter(self.facts.ids(node, "refersTo", "claim")), None),
        )

    def _number(self, node: str) -> Number:
        words = self.facts.need(node, "span")
        return Number(
            kind=cast(Any, self.facts.need(node, "numberKind")),
            text=self.facts.need(node, "text"),
            span=self.facts.span(words),
            least=self.facts.number(node, "least"),
            most=self.facts.number(node, "most"),
            about=self.facts.one(node, "isApproximate") == "true",
            of=self.facts.one(node, "counts"),
        )


def _place(part: str) -> int:
    """An argument's or number's place among those of its claim, as its IRI ends."""
    return int(part.rpartition("_")[2])


def _words(name: str) -> str:
    """The quad class that a concept is named for.

    >>> _words("verbalConflict")
    'verbal conflict'
    """
    return "".join(f" {char.lower()}" if char.isupper() else char for char in name)
