"""Rank what a third-person pronoun may mean, with the learned weights of the coreference chains.

While an article is resolved in order, its mentions are noted with their entities; a pronoun then asks which mention
before it its features speak for, and by how much more than for the next best.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from kg.actors.chain_features import Features
from kg.actors.chain_mentions import ChainMention, Reader
from kg.actors.chains import CANDIDATES_OF_PRONOUN, OTHER_SENTENCES_OF_PRONOUN, SENTENCES_OF_PRONOUN, may_mean, weights
from kg.grammar.predicates import is_speech

MAIN_SUBJECT, REPORTER = 1.0, 1.0


@dataclass(frozen=True, slots=True)
class Choice:
    """What a pronoun most likely means: a mention before it, the entity of that one's chain ("" for a thing), and by
    how much its log-odds lead those of every other reading."""

    antecedent: ChainMention
    entity: str
    lead: float


@dataclass(slots=True)
class Ranker:
    """The mentions of one Doc so far, chained by the entities that they were resolved to."""

    reader: Reader
    mentions: list[ChainMention] = field(default_factory=list[ChainMention])
    features: Features = field(init=False)
    _chain_of: dict[str, int] = field(default_factory=dict[str, int])
    _entity_of: dict[int, str] = field(default_factory=dict[int, str])

    def __post_init__(self) -> None:
        self.features = Features(self.reader, self.mentions)

    def note(self, token: Token, *, entity: str = "", joined: Sequence[Token] = ()) -> None:
        """Keep the mention with this head, of an entity or of a thing that is no actor; with ``joined``, the further
        members, that of a coordination which it opens."""
        mention = self.reader.coordination(token, joined) if joined else self.reader.mention(token)
        mention.entity = entity
        self._add(mention, self._chain_of.get(entity, -1))
        if entity:
            self._chain_of[entity] = mention.chain
            self._entity_of[mention.chain] = entity

    def choose(self, token: Token, admits: Callable[[ChainMention], bool]) -> Choice | None:
        """What a pronoun most likely means of what ``admits``; None where it seems to mean nothing before it.

        The pronoun joins the chain of what it means.
        """
        pronoun = self.reader.mention(token)
        pronoun.order = len(self.mentions)
        candidates = [one for one in self._candidates(pronoun) if admits(one)]
        totals = [self._total(self.features.pair(pronoun, one)) + self._centre(pronoun, one) for one in candidates]
        new = self._total(self.features.first(pronoun, len(candidates)))
        best = max(range(len(totals)), key=lambda i: (totals[i], -i), default=-1)
        if best < 0 or totals[best] <= new:
            self._add(pronoun, -1)
            return None
        chain = candidates[best].chain
        rivals = [total for total, one in zip(totals, candidates, strict=True) if one.chain != chain]
        self._add(pronoun, chain)
        return Choice(candidates[best], self.entity_of(candidates[best]), totals[best] - max([new, *rivals]))

    def entity_of(self, mention: ChainMention) -> str:
        """The entity of the chain that a mention belongs to, "" for a thing."""
        return self._entity_of.get(mention.chain, "")

    def _candidates(self, pronoun: ChainMention) -> list[ChainMention]:
        furthest = SENTENCES_OF_PRONOUN.get(pronoun.pronoun, OTHER_SENTENCES_OF_PRONOUN)
        found: list[ChainMention] = []
        for other in reversed(self.mentions):
            if pronoun.sentence - other.sentence > furthest or len(found) == CANDIDATES_OF_PRONOUN:
                break
            if not other.start <= pronoun.head < other.end and may_mean(pronoun, other):
                found.append(other)
        return found

    def _add(self, mention: ChainMention, chain: int) -> None:
        mention.order = len(self.mentions)
        mention.chain = chain if chain >= 0 else len(self.features.chains)
        if chain < 0:
            self.features.chains.append([])
        self.features.chains[mention.chain].append(mention)
        self.features.seen[mention.lemma] += 1
        self.mentions.append(mention)

    def _centre(self, pronoun: ChainMention, other: ChainMention) -> float:
        """A bonus for what a pronoun that is a subject most often takes up: whoever reports its clause, and the main
        subject of the sentence before."""
        syntax, doc = self.reader.syntax, self.reader.doc
        if pronoun.role == "subject" and other.role == "subject" and self._reports(other, pronoun):
            return REPORTER
        if pronoun.role != "subject" or other.role != "subject" or pronoun.sentence - other.sentence != 1:
            return 0.0
        clause = syntax.clause_of_argument(doc[other.head])
        return MAIN_SUBJECT if syntax.tree.label(clause) == "ROOT" else 0.0

    def _reports(self, other: ChainMention, pronoun: ChainMention) -> bool:
        """Whether a mention is the subject of a reporting verb right above a pronoun's clause ("X said it would")."""
        syntax, doc = self.reader.syntax, self.reader.doc
        clause = syntax.clause_of_argument(doc[pronoun.head])
        above = syntax.tree.head(clause)
        is_content = syntax.tree.label(clause) == "ccomp" and is_speech(above)
        return is_content and syntax.clause_of_argument(doc[other.head]) == above

    def _total(self, features: list[str]) -> float:
        weight = weights().get
        return sum(weight(feature, 0.0) for feature in features)
