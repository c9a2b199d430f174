"""A graph as quads: what each article says in a graph of its own, and what was merged in the default graph."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.graph import Graph, Occurrence, auxiliary_modes
from kg.graph.dates import bounds
from kg.graph.labels import relation_label
from kg.model import Argument, Article, Claim, Entity, Event, Mention, Span, content_id
from kg.rdf.literals import boolean, day, decimal, english, integer, text
from kg.rdf.names import WIKIDATA, Names, checked_iri, external
from kg.rdf.words import all_spans_of, reason_of, words_of_argument, words_of_claim

_WIKIDATA_ITEM = re.compile(r"Q[1-9][0-9]*")
Fact = tuple[NamedNode, NamedNode, NamedNode | Literal]


@dataclass(frozen=True, slots=True)
class About:
    """What the header of a graph says of how it was made: the pipeline's name, and the licence's IRI."""

    pipeline: str | None = None
    licence: str | None = None


def quads(graph: Graph, *, base_iri: str | None = None, about: About | None = None) -> Iterator[Quad]:
    """The quads of a graph: the default graph first, then a graph for each article, in the order of their names.

    A statement is a plain triple when it is asserted; every claim is a node of its own, with its evidence.

    :raises ExportError: if the base IRI is not one.
    """
    names = Names(base_iri)
    default = DefaultGraph()
    for fact in _merged(graph, names, about or About()):
        yield Quad(*fact, default)
    claims: defaultdict[str, list[Claim]] = defaultdict(list)
    mentions: defaultdict[str, list[Mention]] = defaultdict(list)
    for claim in graph.claims.values():
        claims[claim.article].append(claim)
    for mention in graph.mentions:
        mentions[mention.article].append(mention)
    for name, id in sorted((names.article(id).value, id) for id in graph.articles):
        article, name = graph.articles[id], NamedNode(name)
        for fact in _article_graph(article, claims[id], mentions[id], graph, names):
            yield Quad(*fact, name)


def _merged(graph: Graph, names: Names, about: About) -> Iterator[Fact]:
    yield from _header(graph, names, about)
    for entity in graph.entities.values():
        yield from _entity(entity, graph, names)
    for lemma in sorted(graph.labels):
        yield from _relation(lemma, graph, names)
    for statement in graph.statements:
        if statement.asserted:
            yield names.entity(statement.subject), names.relation(statement.relation), names.entity(statement.object)
    for occurrence in graph.events:
        yield from _occurrence(occurrence, graph, names)


def _header(graph: Graph, names: Names, about: About) -> Iterator[Fact]:
    made_by = kg_version()
    hashes = (f"{id} {article.content_hash}" for id, article in graph.articles.items())
    dataset = names.dataset(content_id("dataset", made_by, *hashes))
    yield dataset, external("rdf:type"), external("void:Dataset")
    yield dataset, external("rdf:type"), external("dcat:Dataset")
    yield dataset, external("dcterms:title"), english("Knowledge graph of geopolitical events")
    yield dataset, external("dcterms:conformsTo"), NamedNode(names.base + "ontology")
    yield dataset, external("dcterms:creator"), text(f"kg {made_by}")
    yield dataset, external("void:uriSpace"), text(names.base)
    yield dataset, external("void:documents"), integer(len(graph.articles))
    yield dataset, external("void:entities"), integer(len(graph.entities))
    yield dataset, names.term("claims"), integer(len(graph.claims))
    yield dataset, names.term("statements"), integer(len(graph.statements))
    if about.pipeline:
        yield dataset, names.term("pipeline"), text(about.pipeline)
    if about.licence:
        yield dataset, external("dcterms:license"), checked_iri(about.licence, "a licence")


def kg_version() -> str:
    """The version of kg that is installed."""
    try:
        return version("kg")
    except PackageNotFoundError:
        return "not installed"


def _entity(entity: Entity, graph: Graph, names: Names) -> Iterator[Fact]:
    node = names.entity(entity.id)
    yield node, external("rdf:type"), names.term(entity.kind.capitalize())
    yield node, external("rdfs:label"), text(entity.name)
    for name in sorted({*entity.names} - {entity.name}):
        yield node, external("skos:altLabel"), text(name)
    if entity.wikidata and _WIKIDATA_ITEM.fullmatch(entity.wikidata):
        yield node, external("owl:sameAs"), NamedNode(WIKIDATA + entity.wikidata)
    for term, other in (("country", entity.country), ("partOf", entity.part_of)):
        if other and (other in graph.entities or _WIKIDATA_ITEM.fullmatch(other)):
            yield node, names.term(term), names.entity(other)
    if entity.country_code:
        yield node, names.term("countryCode"), text(entity.country_code)
    if entity.latitude is not None and entity.longitude is not None:
        yield node, names.term("latitude"), decimal(entity.latitude)
        yield node, names.term("longitude"), decimal(entity.longitude)
    if entity.sector:
        yield node, names.term("sector"), text(entity.sector)
    yield node, names.term("score"), decimal(entity.score)


def _relation(lemma: str, graph: Graph, names: Names) -> Iterator[Fact]:
    node = names.relation(lemma)
    yield node, external("rdf:type"), external("owl:ObjectProperty")
    yield node, external("rdfs:subPropertyOf"), names.term("relatedTo")
    yield node, external("rdfs:label"), english(graph.labels.get(lemma) or relation_label(lemma))
    yield node, names.term("lemma"), text(lemma)


def _occurrence(occurrence: Occurrence, graph: Graph, names: Names) -> Iterator[Fact]:
    node, target = names.event(occurrence.id), occurrence.target or ""
    label = graph.labels[graph.claims[occurrence.claims[0]].relation.lemma]
    yield node, external("rdf:type"), external("sem:Event")
    yield node, external("rdfs:label"), text(f"{graph.name(occurrence.agent)} {label} {graph.name(target)}")
    yield node, names.term("agent"), names.entity(occurrence.agent)
    yield node, names.term("target"), names.entity(target)
    yield node, names.term("reports"), integer(occurrence.reports)
    for mode in occurrence.modes:
        yield node, names.term("auxiliaryMode"), text(mode)
    yield from _coding(node, occurrence.event, names)
    yield from _time(node, occurrence.time)
    if occurrence.place in graph.entities:
        yield node, external("sem:hasPlace"), names.entity(occurrence.place)
    for claim in occurrence.claims:
        yield node, names.term("reportedBy"), names.claim(claim)


def _article_graph(
    article: Article, claims: list[Claim], mentions: list[Mention], graph: Graph, names: Names
) -> Iterator[Fact]:
    yield from _article(article, names)
    for mention in mentions:
        if mention.entity in graph.entities:
            yield names.entity(mention.entity), external("gaf:denotedBy"), names.span(article.id, mention.span)
            yield from reason_of(mention, names)
    for claim in claims:
        yield from _claim(claim, graph, names)
    sentences = {claim.sentence for claim in claims}
    for span in sorted({mention.span for mention in mentions} | sentences | all_spans_of(claims)):
        yield from _span(span, article, names, sentence=span in sentences)


def _article(article: Article, names: Names) -> Iterator[Fact]:
    node = names.article(article.id)
    yield node, external("rdf:type"), external("schema:NewsArticle")
    yield node, external("rdf:type"), external("nif:Context")
    yield node, external("dcterms:identifier"), text(article.id)
    yield node, external("schema:inLanguage"), text(article.language)
    yield node, names.term("contentHash"), text(article.content_hash)
    yield node, external("nif:isString"), text(article.text)
    if article.title:
        yield node, external("schema:headline"), text(article.title)
    if article.publisher:
        yield node, external("schema:publisher"), text(article.publisher)
    if article.url:
        yield node, external("schema:url"), text(article.url)
    published = day(article.published) if article.published else None
    if published:
        yield node, external("schema:datePublished"), published


def _span(span: Span, article: Article, names: Names, *, sentence: bool) -> Iterator[Fact]:
    node = names.span(article.id, span)
    yield node, external("rdf:type"), external("nif:OffsetBasedString")
    if sentence:
        yield node, external("rdf:type"), external("nif:Sentence")
    yield node, external("nif:beginIndex"), integer(span.start)
    yield node, external("nif:endIndex"), integer(span.end)
    yield node, external("nif:anchorOf"), text(span.of(article.text))
    yield node, external("nif:referenceContext"), names.article(article.id)


def _claim(claim: Claim, graph: Graph, names: Names) -> Iterator[Fact]:
    node = names.claim(claim.id)
    yield node, external("rdf:type"), names.term("Claim")
    yield node, external("rdf:type"), external("rdf:Statement")
    yield node, external("rdf:subject"), names.entity(claim.subject.entity)
    yield node, external("rdf:predicate"), names.relation(claim.relation.lemma)
    if claim.object:
        yield node, external("rdf:object"), names.entity(claim.object.entity)
        yield node, names.term("isInferred"), boolean(claim.object.inferred)
    yield node, names.term("isAsserted"), boolean(claim.asserted)
    yield node, names.term("polarity"), names.term(claim.polarity)
    yield node, names.term("modality"), names.term(claim.modality)
    yield node, names.term("factuality"), decimal(claim.factuality)
    yield node, names.term("confidence"), decimal(claim.confidence)
    yield node, external("prov:wasDerivedFrom"), names.span(claim.article, claim.sentence)
    yield from words_of_claim(node, claim, names)
    yield from _source(node, claim, graph, names)
    yield from _time(node, claim.time)
    if claim.place in graph.entities:
        yield node, external("sem:hasPlace"), names.entity(claim.place)
    if claim.event:
        yield from _coding(node, claim.event, names)
        for mode in auxiliary_modes(claim, published=graph.articles[claim.article].published):
            yield node, names.term("auxiliaryMode"), text(mode)
    for content in claim.content:
        if content in graph.claims:
            yield node, names.term("content"), names.claim(content)
    for place, argument in enumerate(claim.arguments):
        yield from _argument(node, names.argument(claim.id, place), argument, graph, names)
        yield from words_of_argument(names.argument(claim.id, place), argument, claim.article, names)


def _source(node: NamedNode, claim: Claim, graph: Graph, names: Names) -> Iterator[Fact]:
    if claim.source is None:
        return
    yield node, names.term("cue"), text(claim.source.cue)
    yield node, names.term("isQuoted"), boolean(claim.source.quoted)
    if claim.source.entity in graph.entities:
        yield node, external("prov:wasAttributedTo"), names.entity(claim.source.entity)


def _coding(node: NamedNode, event: Event, names: Names) -> Iterator[Fact]:
    first, second = event.quad.split()
    yield node, names.term("eventType"), names.term(event.type)
    yield node, names.term("quadClass"), names.term(f"{first}{second.capitalize()}")
    if event.mode:
        yield node, names.term("eventMode"), text(event.mode)
    if event.cameo:
        yield node, names.term("cameoCode"), text(event.cameo)
    if event.goldstein is not None:
        yield node, names.term("goldstein"), decimal(event.goldstein)


def _time(node: NamedNode, value: str | None) -> Iterator[Fact]:
    """A date as one time stamp, an interval as its two ends."""
    first, last = bounds(value) or ("", "")
    begin, end = day(first), day(last)
    if begin and end and first != last:
        yield node, external("sem:hasEarliestBeginTimeStamp"), begin
        yield node, external("sem:hasLatestEndTimeStamp"), end
    elif begin:
        yield node, external("sem:hasTimeStamp"), begin


def _argument(claim: NamedNode, node: NamedNode, argument: Argument, graph: Graph, names: Names) -> Iterator[Fact]:
    """A node with the role, the words and what they refer to; a condition is a property of the claim as well."""
    if argument.role == "condition" and argument.claim in graph.claims:
        yield claim, names.term("condition"), names.claim(argument.claim)
    if argument.text is None and argument.claim not in graph.claims:
        return
    yield claim, names.term("argument"), node
    yield node, external("rdf:type"), names.term("Argument")
    yield node, names.term("role"), text(argument.role)
    if argument.text is not None:
        yield node, names.term("text"), text(argument.text)
    if argument.entity in graph.entities:
        yield node, names.term("refersTo"), names.entity(argument.entity)
    if argument.claim in graph.claims:
        yield node, names.term("refersTo"), names.claim(argument.claim)
