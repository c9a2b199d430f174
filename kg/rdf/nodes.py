"""A graph as nodes with their properties: what each article says in a graph of its own, what was merged before them.

This is the one description of what triples a graph has; every syntax and every store is written from it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from kg.graph import Graph, Occurrence, auxiliary_modes
from kg.graph.dates import bounds
from kg.graph.labels import relation_label
from kg.model import Argument, Article, Claim, Entity, Event, Mention, Number, Span, Statement, content_id
from kg.rdf import names
from kg.rdf.literals import boolean, day, decimal, english, integer, text
from kg.rdf.names import Names, checked_iri
from kg.version import VERSION

_WIKIDATA_ITEM = re.compile(r"Q[1-9][0-9]*")

#: Values by predicate, each as Turtle writes it: a prefixed name, an IRI or a literal; several in a list; none as None.
Properties = dict[str, str | list[str] | None]
#: A subject, by its prefixed name, and its properties.
Node = tuple[str, Properties]
#: The start and end of a span.
Offsets = tuple[int, int]
#: The nodes of each named graph, by its prefixed name; those of the default graph come first, under None.
NodesByGraph = Iterable[tuple[str | None, Iterable[Node]]]


@dataclass(frozen=True, slots=True)
class About:
    """What the header of a graph says of how it was made: the pipeline's name, and the licence's IRI."""

    pipeline: str | None = None
    licence: str | None = None


def nodes(
    graph: Graph,
    own: Names,
    *,
    about: About | None = None,
    reified: bool = False,
    articles: Collection[str] | None = None,
) -> NodesByGraph:
    """The nodes of the default graph, then of a graph for each article, by the articles' ids.

    A statement is a plain triple when it is asserted; every claim is a node of its own, with its evidence. No triple
    comes twice.

    :param own: the names below the base IRI.
    :param reified: whether a claim names the triple that it reifies, as RDF 1.2 has it.
    :param articles: the ids of the articles whose graphs are wanted, if not all are.
    :raises ExportError: if the licence is no IRI.
    """
    yield None, _merged(graph, own, about or About())
    claims: defaultdict[str, list[Claim]] = defaultdict(list)
    mentions: defaultdict[str, list[Mention]] = defaultdict(list)
    wanted = graph.articles if articles is None else {id: graph.articles[id] for id in sorted(articles)}
    for claim in graph.claims.values():
        if claim.article in wanted:
            claims[claim.article].append(claim)
    for mention in graph.mentions:
        if mention.article in wanted:
            mentions[mention.article].append(mention)
    for id, article in wanted.items():
        yield names.article(id), _article_graph(article, claims[id], mentions[id], graph, reified=reified)


def in_parts(graphs: NodesByGraph, size: int) -> Iterator[NodesByGraph]:
    """The nodes of some graphs, so many at a time; a graph may go on in the next part.

    >>> list(in_parts([(None, [("a", {}), ("b", {}), ("c", {})]), ("g", [("d", {})])], 2))
    [[(None, [('a', {}), ('b', {})])], [(None, [('c', {})]), ('g', [('d', {})])]]
    """
    part: list[tuple[str | None, list[Node]]] = []
    room = size
    for name, nodes in graphs:
        left = iter(nodes)
        while some := list(islice(left, room)):
            part.append((name, some))
            room -= len(some)
            if not room:
                yield part
                part, room = [], size
    if part:
        yield part


def _merged(graph: Graph, own: Names, about: About) -> Iterator[Node]:
    yield _header(graph, own, about)
    asserted: defaultdict[str, list[Statement]] = defaultdict(list)
    for statement in graph.statements:
        if statement.asserted:
            asserted[statement.subject].append(statement)
    for entity in graph.entities.values():
        yield _entity(entity, asserted[entity.id], graph)
    for lemma in sorted(graph.labels):
        yield _relation(lemma, graph)
    for occurrence in graph.events:
        yield _occurrence(occurrence, graph)


def _header(graph: Graph, own: Names, about: About) -> Node:
    made_by = kg_version()
    hashes = (f"{id} {article.content_hash}" for id, article in graph.articles.items())
    return names.dataset(content_id("dataset", made_by, *hashes)), {
        "a": ["void:Dataset", "dcat:Dataset"],
        "dcterms:title": english("Knowledge graph of geopolitical events"),
        "dcterms:conformsTo": f"<{own.base}ontology>",
        "dcterms:creator": text(f"kg {made_by}"),
        "dcterms:license": f"<{checked_iri(about.licence, 'a licence').value}>" if about.licence else None,
        "void:uriSpace": text(own.base),
        "void:documents": integer(len(graph.articles)),
        "void:entities": integer(len(graph.entities)),
        "kg:claims": integer(len(graph.claims)),
        "kg:statements": integer(len(graph.statements)),
        "kg:pipeline": text(about.pipeline) if about.pipeline else None,
    }


def kg_version() -> str:
    """The version of kg that runs."""
    return VERSION


def _entity(entity: Entity, asserted: Iterable[Statement], graph: Graph) -> Node:
    linked = entity.wikidata and _WIKIDATA_ITEM.fullmatch(entity.wikidata)
    lies = entity.latitude is not None and entity.longitude is not None
    properties: Properties = {
        "a": f"kg:{entity.kind.capitalize()}",
        "rdfs:label": text(entity.name),
        "skos:altLabel": _distinct(text(name) for name in entity.names if name != entity.name),
        "owl:sameAs": f"wd:{entity.wikidata}" if linked else None,
        "kg:country": _known_entity(entity.country, graph),
        "kg:partOf": _known_entity(entity.part_of, graph),
        "kg:countryCode": text(entity.country_code) if entity.country_code else None,
        "kg:latitude": decimal(entity.latitude or 0.0) if lies else None,
        "kg:longitude": decimal(entity.longitude or 0.0) if lies else None,
        "kg:sector": text(entity.sector) if entity.sector else None,
        "kg:score": decimal(entity.score),
    }
    objects: defaultdict[str, list[str]] = defaultdict(list)
    for statement in asserted:
        objects[names.relation(statement.relation)].append(names.entity(statement.object))
    return names.entity(entity.id), properties | objects


def _known_entity(id: str | None, graph: Graph) -> str | None:
    """The name of an entity that the graph or Wikidata tells more of."""
    return names.entity(id) if id and (id in graph.entities or _WIKIDATA_ITEM.fullmatch(id)) else None


def _distinct(values: Iterable[str]) -> list[str]:
    return sorted(set(values))


def _relation(lemma: str, graph: Graph) -> Node:
    return names.relation(lemma), {
        "a": "owl:ObjectProperty",
        "rdfs:label": english(graph.labels.get(lemma) or relation_label(lemma)),
        "rdfs:subPropertyOf": "kg:relatedTo",
        "kg:lemma": text(lemma),
    }


def _occurrence(occurrence: Occurrence, graph: Graph) -> Node:
    agent, target = occurrence.agent, occurrence.target
    label = graph.labels[graph.claims[occurrence.claims[0]].relation.lemma]
    words = (graph.name(agent) if agent else "", label, graph.name(target) if target else "")
    told = [graph.claims[id] for id in occurrence.claims]
    properties: Properties = {
        "a": "sem:Event",
        "rdfs:label": text(" ".join(word for word in words if word)),
        "kg:agent": names.entity(agent) if agent else None,
        "kg:target": names.entity(target) if target else None,
        "kg:number": [names.number(claim.id, place) for claim in told for place in range(len(claim.numbers))],
    }
    return names.event(occurrence.id), properties | _coding(occurrence.event) | _time(occurrence.time) | {
        "kg:auxiliaryMode": [text(mode) for mode in occurrence.modes],
        "sem:hasPlace": names.entity(occurrence.place) if occurrence.place in graph.entities else None,
        "kg:reports": integer(occurrence.reports),
        "kg:reportedBy": [names.claim(id) for id in occurrence.claims],
    }


def _article_graph(
    article: Article, claims: list[Claim], mentions: list[Mention], graph: Graph, *, reified: bool
) -> Iterator[Node]:
    yield _article(article)
    spans: defaultdict[str, set[Offsets]] = defaultdict(set)
    told: defaultdict[Offsets, list[Mention]] = defaultdict(list)
    for mention in mentions:
        spans[mention.entity].add(_offsets(mention.span))
        if mention.entity in graph.entities:
            told[_offsets(mention.span)].append(mention)
    for id in sorted(spans.keys() & graph.entities.keys()):
        yield names.entity(id), {"gaf:denotedBy": [names.span(article.id, *span) for span in sorted(spans[id])]}
    for claim in claims:
        yield _claim(claim, graph, reified=reified)
        for place, argument in enumerate(claim.arguments):
            if _is_node(argument, graph):
                yield names.argument(claim.id, place), _argument(argument, claim, graph)
        for place, number in enumerate(claim.numbers):
            yield names.number(claim.id, place), _number(number, claim)
    sentences = {_offsets(claim.sentence) for claim in claims}
    words = {_offsets(span) for claim in claims for span in _spans_of(claim) if span}
    for span in sorted(sentences.union(words, *spans.values())):
        name, properties = _span(*span, article, sentence=span in sentences)
        yield name, properties | _reasons(told[span])


def _article(article: Article) -> Node:
    return names.article(article.id), {
        "a": ["schema:NewsArticle", "nif:Context"],
        "schema:headline": text(article.title) if article.title else None,
        "schema:datePublished": day(article.published) if article.published else None,
        "schema:publisher": text(article.publisher) if article.publisher else None,
        "schema:url": text(article.url) if article.url else None,
        "schema:inLanguage": text(article.language),
        "dcterms:identifier": text(article.id),
        "nif:isString": text(article.text),
        "kg:contentHash": text(article.content_hash),
    }


def _span(start: int, end: int, article: Article, *, sentence: bool) -> Node:
    return names.span(article.id, start, end), {
        "a": ["nif:OffsetBasedString", "nif:Sentence"] if sentence else "nif:OffsetBasedString",
        "nif:beginIndex": integer(start),
        "nif:endIndex": integer(end),
        "nif:anchorOf": text(article.text[start:end]),
        "nif:referenceContext": names.article(article.id),
    }


def _offsets(span: Span) -> Offsets:
    return span.start, span.end


def _reasons(mentions: Iterable[Mention]) -> Properties:
    """What kind of mention a span is, and why it was taken for its entity."""
    return {
        "kg:mentionType": _distinct(text(mention.type) for mention in mentions),
        "kg:reason": _distinct(text(mention.reason) for mention in mentions),
        "kg:score": _distinct(decimal(mention.score) for mention in mentions),
    }


def _spans_of(claim: Claim) -> Iterator[Span | None]:
    """The spans of a claim's words."""
    yield from (claim.subject.span, claim.relation.span, claim.object.span if claim.object else None)
    if claim.source:
        yield from (claim.source.span, claim.source.cue_span)
    yield from (argument.span for argument in claim.arguments)
    yield from (number.span for number in claim.numbers)


def _claim(claim: Claim, graph: Graph, *, reified: bool) -> Node:
    subject, relation = names.entity(claim.subject.entity), names.relation(claim.relation.lemma)
    object = names.entity(claim.object.entity) if claim.object else None
    properties: Properties = {
        "a": ["kg:Claim", "rdf:Statement"],
        "rdf:subject": subject,
        "rdf:predicate": relation,
        "rdf:object": object,
        "rdf:reifies": f"<<( {subject} {relation} {object} )>>" if reified and object else None,
        "kg:polarity": f"kg:{claim.polarity}",
        "kg:modality": f"kg:{claim.modality}",
        "kg:factuality": decimal(claim.factuality),
        "kg:ground": text(claim.ground) if claim.ground else None,
        "kg:number": [names.number(claim.id, place) for place in range(len(claim.numbers))],
        "kg:isAsserted": boolean(claim.asserted),
        "kg:isInferred": boolean(claim.object.inferred) if claim.object else None,
        "kg:confidence": decimal(claim.confidence),
        "sem:hasPlace": names.entity(claim.place) if claim.place in graph.entities else None,
        "prov:wasDerivedFrom": _span_name(claim, claim.sentence),
        "kg:subjectSpan": _span_name(claim, claim.subject.span),
        "kg:relationSpan": _span_name(claim, claim.relation.span),
        "kg:objectSpan": _span_name(claim, claim.object.span) if claim.object else None,
        "kg:isNominal": boolean(True) if claim.relation.nominal else None,
        "kg:content": _distinct(names.claim(id) for id in claim.content if id in graph.claims),
    }
    properties |= _time(claim.time) | _source(claim, graph)
    if claim.event:
        modes = auxiliary_modes(claim, published=graph.articles[claim.article].published)
        properties |= _coding(claim.event) | {"kg:auxiliaryMode": [text(mode) for mode in modes]}
    return names.claim(claim.id), properties | _arguments(claim, graph)


def _span_name(claim: Claim, span: Span | None) -> str | None:
    return names.span(claim.article, span.start, span.end) if span else None


def _source(claim: Claim, graph: Graph) -> Properties:
    if claim.source is None:
        return {}
    entity = claim.source.entity
    return {
        "prov:wasAttributedTo": names.entity(entity) if entity in graph.entities else None,
        "kg:sourceSpan": _span_name(claim, claim.source.span),
        "kg:cue": text(claim.source.cue),
        "kg:cueSpan": _span_name(claim, claim.source.cue_span),
        "kg:isQuoted": boolean(claim.source.quoted),
    }


def _coding(event: Event) -> Properties:
    first, second = event.quad.split()
    return {
        "kg:eventType": f"kg:{event.type}",
        "kg:quadClass": f"kg:{first}{second.capitalize()}",
        "kg:eventMode": text(event.mode) if event.mode else None,
        "kg:cameoCode": text(event.cameo) if event.cameo else None,
        "kg:goldstein": decimal(event.goldstein) if event.goldstein is not None else None,
    }


def _time(value: str | None) -> Properties:
    """A date as one time stamp, an interval as its two ends."""
    first, last = bounds(value) or ("", "")
    begin, end = day(first), day(last)
    if begin and end and first != last:
        return {"sem:hasEarliestBeginTimeStamp": begin, "sem:hasLatestEndTimeStamp": end}
    return {"sem:hasTimeStamp": begin}


def _is_node(argument: Argument, graph: Graph) -> bool:
    return argument.text is not None or argument.claim in graph.claims


def _arguments(claim: Claim, graph: Graph) -> Properties:
    """The nodes of a claim's arguments; a condition is a property of the claim as well."""
    if not claim.arguments:
        return {}
    conditions = (part.claim for part in claim.arguments if part.role == "condition")
    return {
        "kg:condition": _distinct(names.claim(id) for id in conditions if id and id in graph.claims),
        "kg:argument": [
            names.argument(claim.id, place) for place, part in enumerate(claim.arguments) if _is_node(part, graph)
        ],
    }


def _number(number: Number, claim: Claim) -> Properties:
    """What is counted, and between which bounds; one bound alone is of "at least" or "up to"."""
    return {
        "a": "kg:Number",
        "kg:numberKind": text(number.kind),
        "kg:text": text(number.text),
        "kg:span": _span_name(claim, number.span),
        "kg:least": decimal(number.least) if number.least is not None else None,
        "kg:most": decimal(number.most) if number.most is not None else None,
        "kg:isApproximate": boolean(True) if number.about else None,
        "kg:counts": text(number.of) if number.of else None,
    }


def _argument(argument: Argument, claim: Claim, graph: Graph) -> Properties:
    """The role, the words, and the entity or claim that they refer to."""
    entity = names.entity(argument.entity) if argument.entity and argument.entity in graph.entities else None
    other = names.claim(argument.claim) if argument.claim and argument.claim in graph.claims else None
    return {
        "a": "kg:Argument",
        "kg:role": text(argument.role),
        "kg:text": text(argument.text) if argument.text is not None else None,
        "kg:span": _span_name(claim, argument.span),
        "kg:value": text(argument.value) if argument.span and argument.value is not None else None,
        "kg:refersTo": [name for name in (entity, other) if name],
    }
