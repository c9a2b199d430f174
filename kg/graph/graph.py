"""The graph: what the articles of a ledger say, merged, and ways to ask it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from kg.errors import ExportError, LedgerError, RecordError
from kg.graph.corrections import corrected, read_corrections
from kg.graph.diff import GraphDiff, difference
from kg.graph.events import Occurrence, occurrences_of
from kg.graph.filters import all_records, filter_for, records_of
from kg.graph.labels import relation_label, relation_labels
from kg.graph.merge import merge_claims, merge_entities
from kg.graph.names import NameIndex
from kg.graph.network import to_networkx
from kg.model import Article, Claim, Entity, Mention, Participant, Record, Relation, Span, Statement

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    import polars as pl
    import rdflib

    from kg.ledger import Ledger
    from kg.rdf import Answer, TripleStore


UNDATED = "9999-12-31"


@dataclass(frozen=True)
class Graph:
    """Who did, said, promised or refused what, to whom, by which words of which article.

    Entities, claims and articles are found by their ids, in a fixed order; ``statements`` are ordered by subject,
    relation and object. ``sectors`` has the sector of an entity in an article, by their two ids, where most articles
    give another. A graph is a value: take another one from the ledger when the ledger has changed.
    """

    articles: dict[str, Article]
    entities: dict[str, Entity]
    claims: dict[str, Claim]
    mentions: tuple[Mention, ...]
    statements: list[Statement]
    sectors: dict[tuple[str, str], str | None] = field(default_factory=dict[tuple[str, str], str | None])

    @classmethod
    def from_records(cls, records: Iterable[Record]) -> Self:
        """Merge the records of some articles; their order does not matter.

        :raises RecordError: if two records are of the same article.

        >>> Graph.from_records([]).statements
        []
        """
        ordered = sorted(records, key=lambda record: record.article.id)
        articles = {record.article.id: record.article for record in ordered}
        if len(articles) < len(ordered):
            twice = Counter(record.article.id for record in ordered).most_common(1)[0][0]
            raise RecordError(f"two records of the article {twice!r}: give each article once")
        claims = sorted((c for r in ordered for c in r.claims), key=lambda c: (c.article, c.sentence, c.id))
        entities = merge_entities(ordered)
        return cls(
            articles=articles,
            entities=entities,
            claims={claim.id: claim for claim in claims},
            mentions=tuple(sorted((m for r in ordered for m in r.mentions), key=_mention_order)),
            statements=merge_claims(claims, articles),
            sectors={
                (entity.id, record.article.id): entity.sector
                for record in ordered
                for entity in record.entities
                if entity.sector != entities[entity.id].sector
            },
        )

    def __len__(self) -> int:
        """How many statements there are."""
        return len(self.statements)

    def __iter__(self) -> Iterator[Statement]:
        """The statements, by subject, relation and object."""
        return iter(self.statements)

    def __bool__(self) -> bool:
        """Whether the graph holds an article, be it one without a statement."""
        return bool(self.articles)

    def __repr__(self) -> str:
        """How much the graph holds, on one line.

        >>> Graph.from_records([])
        Graph(articles=0, entities=0, claims=0, statements=0)
        """
        held = ("articles", "entities", "claims", "statements")
        return f"Graph({', '.join(f'{name}={len(getattr(self, name))}' for name in held)})"

    @cached_property
    def occurrences(self) -> list[Occurrence]:
        """What is said to happen, asserted or not: claims of the same actors, event type, date and place, together."""
        return occurrences_of(self.claims.values(), self.articles, self.entities)

    @cached_property
    def events(self) -> list[Occurrence]:
        """The occurrences that an article reports as done in its own voice: the events of summary, page and RDF."""
        return [one for one in self.occurrences if one.asserted and (one.target or one.numbers)]

    def sector(self, entity: str, article: str) -> str | None:
        """The sector of an entity at the time of an article: who was president may be a candidate later."""
        merged = self.entities[entity].sector if entity in self.entities else None
        return self.sectors.get((entity, article), merged)

    @cached_property
    def labels(self) -> dict[str, str]:
        """How each relation reads between subject and object: "warn" as "warns", "president of" as it stands."""
        return relation_labels(self.claims.values())

    @cached_property
    def weights(self) -> dict[str, int]:
        """How many claims each entity takes part in, as subject or object."""
        parts = (part for claim in self.claims.values() for part in (claim.subject, claim.object) if part)
        return dict(Counter(part.entity for part in parts))

    @cached_property
    def _names(self) -> NameIndex:
        return NameIndex(self.entities.values(), self.weights)

    def find(self, name: str) -> list[Entity]:
        """The entities of this id or name, in any case and with or without accents; the weightiest comes first.

        When none has the very name, those are found that have all of its words in one name ("Orban").

        >>> [entity.name for entity in example().find("russia")]
        ['Russia']
        """
        return self._names.find(name)

    def about(self, name: str) -> list[Statement]:
        """The statements that have the entity of this name as subject or object, by date; none if it is unknown.

        >>> [statement.relation for statement in example().about("NATO")]
        ['reject']
        """
        found = {entity.id for entity in self.find(name)[:1]}
        return _by_date(s for s in self.statements if s.subject in found or s.object in found)

    def between(self, a: str, b: str) -> list[Statement]:
        """The statements between the entities of two names, in either direction, by date.

        >>> [statement.relation for statement in example().between("NATO", "Russia")]
        ['reject']
        """
        pair = {entity.id for name in (a, b) for entity in self.find(name)[:1]}
        return _by_date(s for s in self.statements if len(pair) == 2 and {s.subject, s.object} == pair)

    def since(self, date: str) -> list[Statement]:
        """The statements with a claim dated on an ISO date or after it; a whole month or year counts by its start.

        >>> len(example().since("2022-01")), len(example().since("2023"))
        (1, 0)
        """
        return _by_date(s for s in self.statements if s.last is not None and s.last >= date)

    def disputed(self) -> list[Statement]:
        """The statements that one claim makes and another denies.

        >>> example().disputed()
        []
        """
        return [statement for statement in self.statements if statement.disputed]

    def claims_of(self, statement: Statement) -> list[Claim]:
        """The claims that a statement was merged from, the strongest evidence first.

        >>> [claim.confidence for claim in example().claims_of(example().statements[0])]
        [0.9]
        """
        return [self.claims[id] for id in statement.claims]

    def sentence(self, claim: Claim) -> str:
        """The words of the sentence that makes a claim, on one line.

        >>> [example().sentence(claim) for claim in example().claims.values()]
        ['Russia rejects NATO.']
        """
        return " ".join(claim.sentence.of(self.articles[claim.article].text).split())

    def name(self, entity: str) -> str:
        """The best name of the entity of this id; the id itself when the graph does not hold it.

        >>> example().name("Q7184"), example().name("Q1")
        ('NATO', 'Q1')
        """
        return self.entities[entity].name if entity in self.entities else entity

    def label(self, statement: Statement) -> str:
        """How a statement's relation reads between its subject and its object.

        >>> [example().label(statement) for statement in example()]
        ['rejects']
        """
        return self.labels.get(statement.relation) or relation_label(statement.relation)

    def filter(
        self,
        *,
        actors: Iterable[str] | str | None = None,
        types: Iterable[str] | str | None = None,
        since: str | None = None,
        until: str | None = None,
        confidence: float = 0.0,
    ) -> Graph:
        """The part of the graph whose claims fit all that is given, with what these report and depend on.

        :param actors: names of which one is the subject or the object of a claim.
        :param types: PLOVER types of events, such as "THREATEN".
        :param since: the first ISO 8601 date, by the time that a claim's words give, else its publication.
        :param until: the last date.
        :param confidence: the least confidence of a claim, from 0 to 1.
        :raises QueryError: if the graph knows none of a name, or there is no such type.

        >>> Graph.from_records([]).filter(types="THREATEN", since="2022-02-01")
        Graph(articles=0, entities=0, claims=0, statements=0)
        """
        wanted = filter_for(self, actors=actors, types=types, since=since, until=until, confidence=confidence)
        kept = (claim for claim in self.claims.values() if wanted.lets_through(claim, self))
        return type(self).from_records(records_of(self, kept))

    def save(self, folder: str | Path, *, base_iri: str | None = None) -> Path:
        """Write the graph into a folder as ``kg build`` does: ledger, Turtle, TriG, page and store; the folder's path.

        :raises LedgerError: if the folder holds another graph already, or cannot be written to.
        :raises ExportError: if a file cannot be written.

        >>> import tempfile
        >>> from kg.model import Article
        >>> graph = Graph.from_records([Record(Article.make(text="Talks failed in Kyiv."))])
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     open_graph(graph.save(folder))
        Graph(articles=1, entities=0, claims=0, statements=0)
        """
        from kg.ledger import Ledger
        from kg.rdf import TripleStore

        target = Path(folder)
        ledger = Ledger(target)
        if set(ledger.article_ids()) - self.articles.keys():
            raise LedgerError(f"{target} holds a graph with other articles: save into an empty folder")
        ledger.append(all_records(self))
        for format, name in (("turtle", "graph.ttl"), ("trig", "graph.trig")):
            self.export(format, target / name, base_iri=base_iri)
        self.to_html(target / "graph.html")
        TripleStore.update(self, target, base_iri=base_iri)
        return target

    def to_html(self, file: str | Path, *, title: str | None = None) -> Path:
        """Write the interactive page to a file that needs nothing else, and return its path.

        :raises ExportError: if the file cannot be written.

        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     Graph.from_records([]).to_html(Path(folder) / "deep" / "page.html").name
        'page.html'
        """
        from kg.views import write

        return write(self, "html", file, title=title)

    def export(self, format: str, file: str | Path, *, base_iri: str | None = None) -> Path:
        """Write the graph to a file in any format of ``kg export``, and return its path; folders on the way are made.

        :param base_iri: what the graph's own IRIs begin with, in a syntax of RDF.
        :raises ExportError: if there is no such format, or the file cannot be written.

        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     Graph.from_records([]).export("gexf", f"{folder}/for/gephi.gexf").name
        'gephi.gexf'
        """
        from kg import rdf, views

        if format in rdf.FORMATS:
            return rdf.write(self, Path(file), format, base_iri=base_iri)
        if format not in views.formats():
            raise ExportError(f"unknown format {format!r}: take one of {', '.join((*rdf.FORMATS, *views.formats()))}")
        return views.write(self, format, file)

    def to_networkx(self, *, all: bool = False) -> nx.MultiDiGraph[str]:
        """The asserted statements, or ``all`` of them, as edges between entities; attributes are typed scalars.

        NetworkX's own PageRank needs scipy, which the extra ``tables`` brings along.

        >>> list(example().to_networkx().edges())
        [('Q159', 'Q7184')]
        """
        return to_networkx(self, all=all)

    def to_rdf(self, *, base_iri: str | None = None) -> rdflib.Dataset:
        """The graph as rdflib's own Dataset: a named graph for each article, and the rest in the default graph.

        >>> len(list(example().to_rdf().graphs()))
        2
        """
        from kg.rdf import to_dataset

        return to_dataset(self, base_iri=base_iri)

    def to_pandas(self, table: str = "claims") -> pd.DataFrame:
        """One table as a pandas data frame: "claims", "events", "statements", "entities" or "articles".

        The columns are those of ``kg export parquet``, with their types: text is ``string``, flags are ``boolean``,
        counts ``Int64``, scores ``float64``, and a list is an array. Dates are ISO 8601 text, as precise as they are
        known ("2022-02"); what is not known is missing. The rows are in the order of the graph.

        :raises ExportError: if there is no such table, or pandas is not installed.

        >>> Graph.from_records([]).to_pandas("statements")["asserted"].dtype
        BooleanDtype
        """
        from kg.views.frames import to_pandas

        return to_pandas(self, table)

    def to_polars(self, table: str = "claims") -> pl.DataFrame:
        """One table as a polars data frame, with the rows and columns of :meth:`to_pandas`; a list is a ``List``.

        :raises ExportError: if there is no such table, or polars is not installed.

        >>> Graph.from_records([]).to_polars("statements").schema["claims"]
        List(String)
        """
        from kg.views.frames import to_polars

        return to_polars(self, table)

    def diff(self, other: Graph) -> GraphDiff:
        """What changes from this graph to another: the statements and entities that are new there, gone, or changed.

        >>> from kg.model import Article, Entity, Record
        >>> article = Article.make(text="Talks failed in Kyiv.", id="a1")
        >>> old = Graph.from_records([Record(article)])
        >>> new = Graph.from_records([Record(article, entities=(Entity("Q1899", "place", "Kyiv"),))])
        >>> [entity.name for entity in old.diff(new).entities.new], bool(old.diff(old))
        (['Kyiv'], False)
        """
        return difference(self, other)

    def _repr_html_(self) -> str:
        """The interactive page, as a notebook shows it; of a large graph what its strongest statements hold."""
        from kg.views.notebook import inline

        return inline(self)

    def query(self, sparql: str) -> Answer:
        """Ask a SPARQL query of the graph, held in memory; the usual prefixes need not be declared.

        :raises QueryError: if the query is malformed.

        >>> example().query("SELECT ?name WHERE { ?claim kg:isAsserted true ; rdf:subject/rdfs:label ?name }").dicts()
        [{'name': 'Russia'}]
        """
        return self._store.query(sparql)

    @cached_property
    def _store(self) -> TripleStore:
        from kg.rdf import TripleStore

        return TripleStore.of(self)


def open_graph(folder: str | Path) -> Graph:
    """The graph of a folder that ``kg build`` wrote.

    :raises LedgerError: if the folder holds no ledger, or a damaged one.
    """
    from kg.ledger import Ledger  # with it comes pyarrow, which a graph in memory does without

    return graph_of(Ledger(folder, create=False), folder)


def graph_of(ledger: Ledger, folder: str | Path) -> Graph:
    """The graph of a ledger, with the corrections by hand that its folder keeps.

    :raises LedgerError: if the ledger or the table of corrections is damaged.
    """
    return Graph.from_records(corrected(ledger.records(), read_corrections(folder)))


def _by_date(statements: Iterable[Statement]) -> list[Statement]:
    """Earliest first; those without a date last."""
    return sorted(statements, key=lambda s: (s.first or UNDATED, s.last or UNDATED, s.subject, s.relation, s.object))


def _mention_order(mention: Mention) -> tuple[object, ...]:
    return mention.article, mention.span, mention.entity, mention.type


def example() -> Graph:
    """The graph of one sentence, for the examples of this module."""
    article = Article.make(text="Russia rejects NATO.", published="2022-02-01", id="a1")
    sentence = Span(0, 20)
    claim = Claim(
        id="c1",
        article="a1",
        sentence=sentence,
        subject=Participant("Russia", Span(0, 6), "Q159", "Russia", "country"),
        relation=Relation("rejects", Span(7, 14), "reject"),
        object=Participant("NATO", Span(15, 19), "Q7184", "NATO", "organization"),
        confidence=0.9,
    )
    entities = (Entity("Q159", "country", "Russia"), Entity("Q7184", "organization", "NATO"))
    return Graph.from_records([Record(article, entities=entities, claims=(claim,))])
