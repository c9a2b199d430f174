"""The memory of the actors that an article has mentioned so far, and the ranking of antecedents for nominals."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from kg.actors.spots import Spot
from kg.actors.syntax import GrammaticalRole, Syntax
from kg.actors.words import Number
from kg.model import Kind

WINDOW = 3
LONGEST_LOOK_BACK = 60
ROLE_SCORES: dict[GrammaticalRole, float] = {
    "subject": 0.6, "object": 0.4, "oblique": 0.32, "possessor": 0.35, "modifier": 0.15, "other": 0.25,
}  # fmt: skip
SENTENCE_COST = 0.22
REPEATED = 0.04
GOVERNS = 0.25
COORDINATED = 0.4
RECENCY = 0.25
SUBJECT_BEFORE = 0.1


@dataclass(frozen=True, slots=True)
class Antecedent:
    """An actor mentioned before."""

    head: int
    start: int
    end: int
    entity: str
    kind: Kind
    number: Number
    role: GrammaticalRole
    sentence: int
    adjective: bool = False


def _position(antecedent: Antecedent) -> int:
    return antecedent.head


@dataclass(slots=True)
class Discourse:
    """Everything mentioned so far, in order of the text, by sentence and by entity."""

    syntax: Syntax
    by_sentence: dict[int, list[Antecedent]] = field(default_factory=lambda: defaultdict(list))
    counts: Counter[str] = field(default_factory=Counter[str])

    def add(self, antecedent: Antecedent) -> None:
        """Remember a mention."""
        insort(self.by_sentence[antecedent.sentence], antecedent, key=_position)
        self.counts[antecedent.entity] += 1

    def recent(self, head: int, *, sentences: int = WINDOW) -> Iterator[Antecedent]:
        """What stands before a token, in its sentence and those before it, nearest first."""
        here = self.syntax.sentences[head]
        for number in range(here, max(-1, here - sentences), -1):
            mentioned = self.by_sentence.get(number, [])
            end = bisect_left(mentioned, head, key=_position)
            yield from reversed(mentioned[max(0, end - LONGEST_LOOK_BACK) : end])

    def best(
        self, spot: Spot, candidates: Iterable[Antecedent], score: Callable[[Antecedent], float]
    ) -> tuple[Antecedent, float] | None:
        """The candidate with the highest score; the nearer of equals."""
        ranked = [(score(candidate), candidate.head, candidate) for candidate in candidates]
        if not ranked:
            return None
        value, _, winner = max(ranked, key=lambda item: (item[0], item[1]))
        return winner, value

    def nearness(self, spot: Spot, antecedent: Antecedent) -> float:
        """How likely "the country" or "the alliance" means what was mentioned there: the last of its kind, rather than
        the subject of the clause around it, for which a writer would take a pronoun."""
        token, other = self.syntax.tree.doc[spot.head], self.syntax.tree.doc[antecedent.head]
        gap = self.syntax.sentences[spot.head] - antecedent.sentence
        score = ROLE_SCORES[antecedent.role] / 2 - SENTENCE_COST * gap
        score -= 0.2 if antecedent.adjective else 0.0
        if gap == 0:
            score += RECENCY / (1 + (spot.head - antecedent.head) / 8)
            score += COORDINATED if self.syntax.coordinated_subjects(token, other) else 0.0
            score -= GOVERNS if self.syntax.governs(other, token) else 0.0
        elif antecedent.role == "subject":
            score += SUBJECT_BEFORE
        return score + REPEATED * min(self.counts[antecedent.entity], 4)
