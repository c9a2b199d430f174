"""Coreference chains of an article: all mentions of one thing, whether or not it is an actor.

Chains are made from left to right: each noun phrase or pronoun joins the chain of the candidate before it for which its
features weigh most, or opens a chain of its own. They rest on the actors that ``kg_actors`` found, and do not change
them: "the study … it" is a chain, but no entity of the graph. The weights were learned by ``kg.training.chains``.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from spacy.tokens import Doc

from kg.actors.chain_features import FIRST_AND_SECOND, Chain, Features
from kg.actors.chain_mentions import ChainMention, Reader

WEIGHTS = Path(__file__).with_name("data") / "chain_weights.json"
SENTENCES_OF_PRONOUN = {"I": 30, "we": 30, "you": 30, "this": 1}
OTHER_SENTENCES_OF_PRONOUN = 4
MENTIONS_BACK, CANDIDATES_OF_PRONOUN = 80, 25
SAME_HEAD, SAME_ENTITY, SAME_WORD, MENTIONS_NEAR = 12, 6, 4, 20
SENTENCES_OF_PHRASE = {"def": 2, "demo": 2, "name": 1, "poss": 1}
LEADING_CHAINS = 3

#: Which candidate a mention joins, by index; -1 for none. Asked with the features of the mentions so far.
Decision = Callable[[Features, ChainMention, Sequence[ChainMention]], int]


def chains(doc: Doc) -> list[Chain]:
    """The chains of a Doc that went through ``kg_actors``, singletons too, each in order of the text.

    >>> from kg.language.pipeline import load_pipeline
    >>> doc = load_pipeline()("The study was small. The study had no control, so it failed.")
    >>> [[doc[m.start : m.end].text for m in chain] for chain in chains(doc) if len(chain) > 1]
    [['The study', 'The study', 'it']]
    """
    return grow(Reader(doc), weigh)


@cache
def weights() -> dict[str, float]:
    """The learned weight of each feature."""
    return json.loads(WEIGHTS.read_text("utf8"))


def weigh(features: Features, mention: ChainMention, candidates: Sequence[ChainMention]) -> int:
    """The candidate whose features weigh most, unless those of a first mention weigh more; the nearer of equals."""
    if not candidates:
        return -1
    weight = weights().get
    best, most = -1, sum(weight(f, 0.0) for f in features.first(mention, len(candidates)))
    for i, candidate in enumerate(candidates):
        total = sum(weight(f, 0.0) for f in features.pair(mention, candidate))
        if total > most:
            best, most = i, total
    return best


def grow(reader: Reader, decide: Decision) -> list[Chain]:
    """Make the chains of a Doc, asking ``decide`` which candidate each mention joins.

    First persons in quotations come last, since who speaks is often named behind the quotation.
    """
    mentions = reader.mentions()
    features = Features(reader, mentions)
    index = Index(features.chains)
    for mention in sorted(mentions, key=lambda mention: mention.speaker >= 0):
        candidates = index.candidates(mention, mentions)
        choice = decide(features, mention, candidates)
        if choice < 0:
            mention.chain = len(features.chains)
            features.chains.append([mention])
        else:
            mention.chain = candidates[choice].chain
            features.chains[mention.chain].append(mention)
        features.seen[mention.lemma] += 1
        index.add(mention)
    return [sorted(chain, key=lambda mention: mention.order) for chain in features.chains]


@dataclass(slots=True)
class Index:
    """The mentions so far by what later ones may share with them."""

    chains: list[Chain]
    by_lemma: dict[str, list[ChainMention]] = field(default_factory=lambda: defaultdict(list))
    by_entity: dict[str, list[ChainMention]] = field(default_factory=lambda: defaultdict(list))
    by_word: dict[str, list[ChainMention]] = field(default_factory=lambda: defaultdict(list))

    def add(self, mention: ChainMention) -> None:
        """Remember a mention that has its chain."""
        self.by_lemma[mention.lemma].append(mention)
        if mention.entity:
            self.by_entity[mention.entity].append(mention)
        if mention.form == "name":
            for word in mention.words:
                self.by_word[word].append(mention)

    def candidates(self, mention: ChainMention, mentions: Sequence[ChainMention]) -> list[ChainMention]:
        """The mentions that a mention may be the same as, nearest first."""
        if mention.pronoun:
            return self._of_pronoun(mention, mentions)
        found = self.by_lemma.get(mention.lemma, [])[-SAME_HEAD:]
        if mention.entity:
            found = found + self.by_entity.get(mention.entity, [])[-SAME_ENTITY:]
        if mention.form == "name":
            for word in mention.words:
                found = found + self.by_word.get(word, [])[-SAME_WORD:]
        if mention.form not in ("coord", "num"):
            found = found + _near(mention, mentions)
        by_order = {one.order: one for one in found}
        return [by_order[order] for order in sorted(by_order, reverse=True)]

    def _of_pronoun(self, mention: ChainMention, mentions: Sequence[ChainMention]) -> list[ChainMention]:
        furthest = SENTENCES_OF_PRONOUN.get(mention.pronoun, OTHER_SENTENCES_OF_PRONOUN)
        found: list[ChainMention] = []
        for other in reversed(mentions[max(0, mention.order - MENTIONS_BACK) : mention.order]):
            if mention.sentence - other.sentence > furthest or len(found) == CANDIDATES_OF_PRONOUN:
                break
            around = other.start <= mention.head < other.end
            if not around and other.chain >= 0 and may_mean(mention, other):
                found.append(other)
        if mention.pronoun in FIRST_AND_SECOND:
            found += self._leading({one.chain for one in found})
        if mention.speaker >= 0:
            speaker = [one for one in mentions if one.head == mention.speaker and one.chain >= 0]
            found = [one for one in found if one not in speaker] + speaker
        return found

    def _leading(self, known: set[int]) -> list[ChainMention]:
        """The last mentions of the longest chains of people and organisations."""
        actors = [
            i
            for i, chain in enumerate(self.chains)
            if i not in known and len(chain) > 1 and any(_may_speak(mention) for mention in chain)
        ]
        return [self.chains[i][-1] for i in sorted(actors, key=lambda i: (-len(self.chains[i]), i))[:LEADING_CHAINS]]


def may_mean(pronoun: ChainMention, other: ChainMention) -> bool:
    """Whether a pronoun can mean what another mention does, as far as person, number, gender and animacy tell."""
    kind = pronoun.pronoun
    if kind in FIRST_AND_SECOND:
        near = pronoun.sentence - other.sentence <= 2 and other.animacy in ("person", "org")
        return other.pronoun in FIRST_AND_SECOND if other.pronoun else near
    if kind in ("he", "she"):
        of_person = other.animacy in ("person", "")
        return other.pronoun in ("", kind) and other.gender in ("", pronoun.gender) and of_person and not other.plural
    if kind == "they":
        return other.pronoun in ("", "they")
    fits = other.pronoun in ("", "it", "this")
    return fits and (kind == "this" or not (other.plural or other.gender or other.animacy == "person"))


def _near(mention: ChainMention, mentions: Sequence[ChainMention]) -> list[ChainMention]:
    """Noun phrases of the last sentences, which a definite one may mean by another noun ("the company")."""
    furthest = SENTENCES_OF_PHRASE.get(mention.form, 0)
    beside = mention.form in ("bare", "indef") and mention.label != "appos"
    if beside:
        return []
    recent = mentions[max(0, mention.order - MENTIONS_NEAR) : mention.order]
    return [one for one in recent if not one.pronoun and one.chain >= 0 and mention.sentence - one.sentence <= furthest]


def _may_speak(mention: ChainMention) -> bool:
    return mention.form in ("name", "def", "poss") and mention.animacy in ("person", "org")


def save(learned: Mapping[str, float], path: Path = WEIGHTS) -> None:
    """Write weights, sorted by feature."""
    rounded = {name: round(learned[name], 3) for name in sorted(learned)}
    path.write_text(json.dumps(rounded, ensure_ascii=False, indent=0) + "\n", encoding="utf8")
