"""The pages of what a graph holds: each entity, claim, article, event and relation at the path of its IRI.

A browser gets what is told of it, with the sentences; whoever asks for RDF gets its triples. What a page shows is asked
of the store, so that it is as quick in a graph of a million claims.
"""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from kg.rdf import Names
from kg.serving.negotiation import HTML, RESULTS, TRIPLES, chosen
from kg.serving.worker import OK, Query, Reply

KINDS = ("entity", "claim", "article", "event", "relation", "span", "argument", "number", "dataset")
MOST_CLAIMS = 200
MOST_FACTS = 500
MOST_POINTING = 100
MOST_BYTES = 4_000_000
_LOCAL = re.compile(r"[A-Za-z0-9_-]{1,300}")  # as kg.rdf.names writes them

_CLAIMS = """
SELECT DISTINCT ?claim ?s ?subject ?p ?relation ?o ?object ?polarity ?modality ?speaker ?sentence ?article ?headline
  ?date WHERE {
  %s
  ?claim rdf:subject ?s ; rdf:predicate ?p ; prov:wasDerivedFrom ?evidence ;
    kg:polarity ?polarity_ ; kg:modality ?modality_ .
  ?evidence nif:anchorOf ?sentence ; nif:referenceContext ?article .
  OPTIONAL { ?s rdfs:label ?subject } OPTIONAL { ?p rdfs:label ?relation }
  OPTIONAL { ?claim rdf:object ?o . OPTIONAL { ?o rdfs:label ?object } }
  OPTIONAL { ?claim prov:wasAttributedTo/rdfs:label ?speaker }
  OPTIONAL { ?article schema:headline ?headline } OPTIONAL { ?article schema:datePublished ?published }
  OPTIONAL { ?claim sem:hasTimeStamp ?stamp } OPTIONAL { ?claim sem:hasEarliestBeginTimeStamp ?begin }
  BIND(STR(COALESCE(?stamp, ?begin, ?published, "")) AS ?date)
  BIND(STRAFTER(STR(?polarity_), "#") AS ?polarity) BIND(STRAFTER(STR(?modality_), "#") AS ?modality)
}
ORDER BY DESC(?date) ?claim LIMIT %d"""
_WHOSE = {
    "entity": "{ ?claim rdf:subject <%s> } UNION { ?claim rdf:object <%s> }",
    "claim": "VALUES ?claim { <%s> }",
    "article": "GRAPH <%s> { ?claim a kg:Claim }",
    "relation": "?claim rdf:predicate <%s> .",
}
_FACTS = """
SELECT DISTINCT ?p ?property ?o ?label WHERE {
  <%s> ?p ?o .
  OPTIONAL { ?p rdfs:label ?property } OPTIONAL { ?o rdfs:label ?label }
} ORDER BY ?p ?o LIMIT %d"""
_POINTING = """
SELECT DISTINCT ?p ?property ?o ?label WHERE {
  ?o ?p <%s> .
  OPTIONAL { ?p rdfs:label ?property } OPTIONAL { ?o rdfs:label ?label }
} ORDER BY ?p ?o LIMIT %d"""

Row = dict[str, str]
Ask = Callable[[Query], Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class Found:
    """What the store tells of a resource, ready for its page."""

    iri: str
    label: str
    facts: list[Row]
    claims: list[Row]
    pointing: list[Row]


def iri_of(kind: str, name: str, names: Names) -> str | None:
    """The IRI at a path; None where no resource can have that path.

    >>> iri_of("entity", "Q30", Names())
    'https://w3id.org/geokg/entity/Q30'
    >>> iri_of("entity", "a> <b", Names()) is None
    True
    """
    return f"{names.base}{kind}/{name}" if kind in KINDS and _LOCAL.fullmatch(name) else None


def asked_for(accept: str | None) -> str | None:
    """The media type of the answer: a page for those who name HTML, triples for all others, None for neither.

    >>> asked_for("text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"), asked_for("*/*"), asked_for("image/png")
    ('text/html', 'text/turtle', None)
    """
    return chosen(accept, (*TRIPLES, HTML))


async def triples(iri: str, type: str, ask: Ask) -> Reply | None:
    """The triples of a resource in a media type; None if the store has none."""
    known = await ask(Query(f"ASK {{ <{iri}> ?p ?o }}", RESULTS[0], None))
    if known.status == OK and not json.loads(known.body)["boolean"]:
        return None
    return await ask(Query(f"CONSTRUCT {{ <{iri}> ?p ?o }} WHERE {{ <{iri}> ?p ?o }}", None, type))


async def found(iri: str, kind: str, names: Names, ask: Ask) -> Found | Reply | None:
    """What the store tells of a resource; None if it has none, and its reply where it could not tell."""
    facts = await _rows(_FACTS % (iri, MOST_FACTS), names, ask)
    if isinstance(facts, Reply):
        return facts
    if not facts:
        return None
    pointing = await _rows(_POINTING % (iri, MOST_POINTING), names, ask)
    claims = await _rows(_claims_of(kind, iri), names, ask) if kind in _WHOSE else []
    for reply in (pointing, claims):
        if isinstance(reply, Reply):
            return reply
    assert not isinstance(pointing, Reply) and not isinstance(claims, Reply)
    return Found(iri, _label(iri, facts), facts, claims, pointing)


def _claims_of(kind: str, iri: str) -> str:
    whose = _WHOSE[kind].replace("%s", iri)
    return _CLAIMS % (whose, MOST_CLAIMS)


def _label(iri: str, facts: list[Row]) -> str:
    named = {fact["p"].rpartition("#")[2].rpartition("/")[2]: fact["o"] for fact in reversed(facts)}
    return named.get("label") or named.get("headline") or named.get("anchorOf") or iri.rpartition("/")[2]


async def _rows(sparql: str, names: Names, ask: Ask) -> list[Row] | Reply:
    """The rows of a query, each with the place that its IRIs have here, as ``<variable>_at``."""
    reply = await ask(Query(sparql, RESULTS[0], None, (), (), MOST_BYTES))
    if reply.status != OK:
        return reply
    answer = json.loads(reply.body)
    return [_row(binding, answer["head"]["vars"], names) for binding in answer["results"]["bindings"]]


def _row(binding: dict[str, Any], variables: list[str], names: Names) -> Row:
    row = {f"{name}{part}": "" for name in variables for part in ("", "_at")}
    for name, term in binding.items():
        row[name] = term["value"]
        if term["type"] == "uri" and (at := _place(term["value"], names)):
            row[f"{name}_at"] = at
    return row


def _place(iri: str, names: Names) -> str | None:
    """Where a link to an IRI leads: to its page here if it is one of ours, else to itself if a browser can go there."""
    if iri.startswith(names.base):
        path = iri.removeprefix(names.base)
        return f"/{path}" if path.partition("/")[0] in KINDS else None
    return iri if iri.startswith(("http://", "https://")) else None
