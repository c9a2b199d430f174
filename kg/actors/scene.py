"""What is known of one article while its mentions are resolved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc

from kg.actors.antecedents import Antecedent, Discourse
from kg.actors.chain_mentions import Reader
from kg.actors.knowledge_base import KnowledgeBase
from kg.actors.linking import linked_entity
from kg.actors.lookups import Lookups
from kg.actors.offices import StatedOffice
from kg.actors.ranking import Ranker
from kg.actors.spots import Spot
from kg.actors.syntax import Syntax
from kg.actors.words import Number
from kg.grammar.attribution import Quotation
from kg.grammar.tree import Tree
from kg.model import Article, Entity


@dataclass(frozen=True, slots=True)
class Resolved:
    """A mention's entity, with the reason and the score of the step that found it."""

    spot: Spot
    entity: str
    reason: str
    score: float


@dataclass(slots=True)
class Scene:
    """The article, its parse, the entities found so far, and what the article says of them."""

    doc: Doc
    article: Article
    lookups: Lookups
    syntax: Syntax
    quotations: Sequence[Quotation] = ()
    entities: dict[str, Entity] = field(default_factory=dict[str, Entity])
    offices: dict[str, list[StatedOffice]] = field(default_factory=lambda: defaultdict(list))
    named: dict[int, Resolved] = field(default_factory=dict[int, Resolved])
    resolved: dict[int, Resolved] = field(default_factory=dict[int, Resolved])
    discourse: Discourse = field(init=False)
    ranker: Ranker = field(init=False)
    _in_names: set[int] = field(default_factory=set[int])
    _countries: dict[str, str] = field(default_factory=dict[str, str])
    _titles: dict[int, int] = field(default_factory=dict[int, int])
    _quotation_at: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.discourse = Discourse(self.syntax)
        self.ranker = Ranker(Reader(self.doc, actor_at=self._entity_at, quoted=self.quotations))
        self._quotation_at = [-1] * len(self.doc)
        for number, quotation in enumerate(self.quotations):
            for i in range(quotation.span.start, quotation.span.end):
                self._quotation_at[i] = number

    @property
    def knowledge(self) -> KnowledgeBase:
        """The knowledge base."""
        return self.lookups.knowledge

    @property
    def tree(self) -> Tree:
        """The parse."""
        return self.syntax.tree

    def named_at(self, i: int) -> Resolved | None:
        """The mention whose head is a token, or the name that the token stands for in its clause as its title."""
        return self.resolved.get(i) or self.named.get(i) or self.named.get(self._titles.get(i, -1))

    def set_names(self, named: dict[int, Resolved]) -> None:
        """Keep the entities of all names, before the rest is resolved in order of the text."""
        self.named = named
        self._in_names = {i for one in named.values() for i in range(one.spot.start, one.spot.end)}
        for head in sorted(head for head, one in named.items() if not one.spot.within):
            anchor = self.syntax.title_above(self.doc[head])
            if anchor.i not in named:
                self._titles.setdefault(anchor.i, head)

    def is_in_name(self, i: int) -> bool:
        """Whether a token belongs to a name."""
        return i in self._in_names

    def title_heads(self) -> dict[int, int]:
        """The head of the name that each title at the head of a phrase goes with ("Secretary" of a person's name)."""
        return {title: name for title, name in self._titles.items() if title not in self.resolved}

    def quotation_at(self, i: int) -> int:
        """The number of the quotation in which a token stands, -1 outside of all."""
        return self._quotation_at[i]

    def add_entity(self, entity: Entity) -> Entity:
        """Keep an entity, unless it is known; the known one is returned."""
        if entity.kind == "country" and entity.country:
            self._countries.setdefault(entity.country, entity.id)
        return self.entities.setdefault(entity.id, entity)

    def country(self, code: str) -> Entity | None:
        """The entity of a country by ISO code, from the article or else from the knowledge base."""
        if code in self._countries:
            return self.entities[self._countries[code]]
        known = self.lookups.country(code)
        return self.add_entity(linked_entity(known, (), 1.0)) if known else None

    def names_of(self, entity: str) -> tuple[str, ...]:
        """The names that the knowledge base has for a linked entity."""
        return self.lookups.names(entity)

    def remember(self, resolved: Resolved, *, number: Number) -> None:
        """Record a resolved mention, and make it an antecedent of what follows, unless it is a part of a name."""
        spot, entity = resolved.spot, self.entities[resolved.entity]
        self.resolved[spot.head] = resolved
        if spot.within:
            return
        self._remember(spot, entity, number)
        if spot.pronoun is None or spot.pronoun.person != 3:
            self.ranker.note(self.doc[spot.head], entity=entity.id)

    def remember_together(self, spots: Sequence[Spot], entity: Entity) -> None:
        """Make coordinated actors one antecedent, where the last of them stands."""
        first, last = spots[0], spots[-1]
        self._remember(Spot(first.start, last.end, last.head, "nominal", pair=True), entity, "plural")
        members = [self.doc[spot.head] for spot in spots[1:]]
        self.ranker.note(self.doc[first.head], entity=entity.id, joined=members)

    def remember_thing(self, spot: Spot) -> None:
        """Make a noun that is no actor compete as an antecedent of pronouns."""
        self.ranker.note(self.doc[spot.head])

    def _entity_at(self, i: int) -> Entity | None:
        resolved = self.resolved.get(i)
        return self.entities[resolved.entity] if resolved is not None else None

    def _remember(self, spot: Spot, entity: Entity, number: Number) -> None:
        self.discourse.add(
            Antecedent(
                head=spot.head,
                start=spot.start,
                end=spot.end,
                entity=entity.id,
                kind=entity.kind,
                number=number,
                role=self.syntax.role(self.doc[spot.head]),
                sentence=self.syntax.sentences[spot.head],
                adjective=spot.label == "DEMONYM",
            )
        )
