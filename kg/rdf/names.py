"""What everything in a graph is called: prefixed names, and the IRIs that they stand for below a base IRI.

The part after the prefix is letters, digits, "-" and "_" alone, so that it needs no escape in any syntax.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pyoxigraph import NamedNode

from kg.errors import ExportError
from kg.model import content_id

BASE_IRI = "https://w3id.org/geokg/"
XSD = "http://www.w3.org/2001/XMLSchema#"
EXTERNAL = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "gaf": "http://groundedannotationframework.org/gaf#",
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "void": "http://rdfs.org/ns/void#",
    "wd": "http://www.wikidata.org/entity/",
    "xsd": XSD,
}
FOLDERS = {
    "article": "article/",
    "argument": "argument/",
    "claim": "claim/",
    "dataset": "dataset/",
    "entity": "entity/",
    "event": "event/",
    "kg": "ontology#",
    "number": "number/",
    "rel": "relation/",
    "span": "span/",
}

_LOCAL = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_SLUG = re.compile(r"[a-z][a-z0-9-]*(?:_[a-z0-9-]+)*")


@lru_cache(maxsize=1 << 10)
def local_name(id: str) -> str:
    """An id as the last step of an IRI: itself when it is plain, else a hash of it.

    >>> local_name("Q159"), local_name("https://example.org/a?b")
    ('Q159', '44dda0cdbe8274ac')
    """
    return id if _LOCAL.fullmatch(id) else content_id("local name", id)


def slug(lemma: str) -> str:
    """A relation's lemma as the last step of its IRI; a hash tells apart what plain letters cannot.

    >>> slug("send to"), slug("de-escalate")
    ('send_to', 'de-escalate')
    """
    plain = lemma.replace(" ", "_")
    if _SLUG.fullmatch(plain):
        return plain
    letters = unicodedata.normalize("NFKD", lemma.lower()).encode("ascii", "ignore").decode()
    readable = "_".join(re.findall(r"[a-z0-9]+", letters))
    return f"r_{readable}_{content_id('relation', lemma)}" if readable else f"r_{content_id('relation', lemma)}"


@lru_cache(maxsize=1 << 16)
def entity(id: str) -> str:
    """An entity's prefixed name, by its id.

    >>> entity("Q159")
    'entity:Q159'
    """
    return "entity:" + local_name(id)


@lru_cache(maxsize=1 << 16)
def relation(lemma: str) -> str:
    """A relation's prefixed name, by its lemma.

    >>> relation("send to")
    'rel:send_to'
    """
    return "rel:" + slug(lemma)


def claim(id: str) -> str:
    """A claim's prefixed name, by its id."""
    return "claim:" + local_name(id)


def argument(claim: str, place: int) -> str:
    """The prefixed name of a further argument of a claim, by its place among them, from 0.

    >>> argument("c1", 0)
    'argument:c1_0'
    """
    return f"argument:{local_name(claim)}_{place}"


def number(claim: str, place: int) -> str:
    """The prefixed name of a number of a claim, by its place among them, from 0.

    >>> number("c1", 0)
    'number:c1_0'
    """
    return f"number:{local_name(claim)}_{place}"


def event(id: str) -> str:
    """An event's prefixed name, by its id."""
    return "event:" + local_name(id)


@lru_cache(maxsize=1 << 10)
def article(id: str) -> str:
    """An article's prefixed name, by its id: also the name of its graph."""
    return "article:" + local_name(id)


def span(article: str, start: int, end: int) -> str:
    """The prefixed name of a span of an article.

    >>> span("a1", 0, 4)
    'span:a1_0_4'
    """
    return f"span:{local_name(article)}_{start}_{end}"


def dataset(id: str) -> str:
    """The prefixed name of the description of a whole graph."""
    return "dataset:" + local_name(id)


class Names:
    """The IRIs below one base IRI.

    :raises ExportError: if the base is not an absolute http IRI that ends in "/".

    >>> Names().iri(relation("send to")).value
    'https://w3id.org/geokg/relation/send_to'
    """

    def __init__(self, base_iri: str | None = None) -> None:
        self.base = checked_base(base_iri or BASE_IRI)
        own = {prefix: self.base + folder for prefix, folder in FOLDERS.items()}
        self._namespaces = dict(sorted((EXTERNAL | own).items()))

    @property
    def prefixes(self) -> dict[str, str]:
        """Every prefix and its namespace, by alphabet."""
        return dict(self._namespaces)

    def iri(self, name: str) -> NamedNode:
        """The IRI of a prefixed name, such as "kg:Claim"."""
        prefix, _, local = name.partition(":")
        return NamedNode(self._namespaces[prefix] + local)

    def entity(self, id: str) -> NamedNode:
        """The IRI of an entity, by its id."""
        return self.iri(entity(id))

    def relation(self, lemma: str) -> NamedNode:
        """The IRI of a relation, by its lemma."""
        return self.iri(relation(lemma))

    def article(self, id: str) -> NamedNode:
        """The IRI of an article, by its id: also the name of its graph."""
        return self.iri(article(id))

    def dataset(self, id: str) -> NamedNode:
        """The IRI of the description of a whole graph."""
        return self.iri(dataset(id))


@lru_cache(maxsize=4096)
def external(name: str) -> NamedNode:
    """The IRI of a term of a vocabulary that others keep, by its prefixed name.

    >>> external("rdf:type").value
    'http://www.w3.org/1999/02/22-rdf-syntax-ns#type'
    """
    prefix, _, local = name.partition(":")
    return NamedNode(EXTERNAL[prefix] + local)


def checked_base(base_iri: str) -> str:
    """The base IRI, if it is one.

    :raises ExportError: if it is not an absolute http IRI that ends in "/".
    """
    if not base_iri.endswith("/") or "#" in base_iri:
        raise ExportError(f"{base_iri!r} cannot be a base IRI: let it end in /, without #")
    return checked_iri(base_iri, "a base IRI").value


def checked_iri(iri: str, what: str) -> NamedNode:
    """The IRI that a user gave.

    :raises ExportError: if it is not an absolute http IRI.
    """
    remedy = "give an absolute one, such as https://example.org/graph/"
    if not iri.startswith(("http://", "https://")):
        raise ExportError(f"{iri!r} cannot be {what}: {remedy}")
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise ExportError(f"{iri!r} cannot be {what} ({error}): {remedy}") from error
