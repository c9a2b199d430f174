"""The memory of what an article has mentioned so far, and the ranking of antecedents for nominals and pronouns."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from kg.actors.spots import Spot
from kg.actors.syntax import GrammaticalRole, Syntax
from kg.actors.words import Animacy, Gender, Number, Pronoun
from kg.model import Kind

WINDOW = 3
LONGEST_LOOK_BACK = 60
ROLE_SCORES: dict[GrammaticalRole, float] = {
    "subject": 0.6, "object": 0.4, "oblique": 0.32, "possessor": 0.35, "modifier": 0.15, "other": 0.25,
}  # fmt: skip
SENTENCE_COST = 0.22
TOKEN_COST, FURTHEST = 0.004, 0.12
NUMBER_DIFFERS = 0.3
REPEATED = 0.04
SAME_ROLE = 0.1
GOVERNS = 0.25
SAME_CLAUSE = 0.3
COORDINATED = 0.4
OUT_OF_QUOTATION = -0.35
ACTOR_SUBJECT = 0.12
RECENCY = 0.25
SUBJECT_BEFORE = 0.1


@dataclass(frozen=True, slots=True)
class Antecedent:
    """Something mentioned before: an actor, or with no ``entity`` a thing that competes for pronouns."""

    head: int
    start: int
    end: int
    entity: str
    kind: Kind
    number: Number
    animacy: Animacy
    gender: Gender
    role: GrammaticalRole
    sentence: int
    quotation: int
    adjective: bool = False


def _position(antecedent: Antecedent) -> int:
    return antecedent.head


def pronoun_is_plural(spot: Spot) -> bool:
    """Whether a spot is a plural pronoun."""
    return spot.pronoun is not None and spot.pronoun.number == "plural"


@dataclass(slots=True)
class Discourse:
    """Everything mentioned so far, in order of the text, by sentence and by entity."""

    syntax: Syntax
    by_sentence: dict[int, list[Antecedent]] = field(default_factory=lambda: defaultdict(list))
    counts: Counter[str] = field(default_factory=Counter[str])
    genders: dict[str, Gender] = field(default_factory=dict[str, Gender])

    def add(self, antecedent: Antecedent) -> None:
        """Remember a mention."""
        insort(self.by_sentence[antecedent.sentence], antecedent, key=_position)
        if antecedent.entity:
            self.counts[antecedent.entity] += 1
            if antecedent.gender:
                self.genders.setdefault(antecedent.entity, antecedent.gender)

    def recent(self, head: int, *, sentences: int = WINDOW) -> Iterator[Antecedent]:
        """What stands before a token, in its sentence and those before it, nearest first."""
        here = self.syntax.sentences[head]
        for number in range(here, max(-1, here - sentences), -1):
            mentioned = self.by_sentence.get(number, [])
            end = bisect_left(mentioned, head, key=_position)
            yield from reversed(mentioned[max(0, end - LONGEST_LOOK_BACK) : end])

    def agrees(self, pronoun: Pronoun, antecedent: Antecedent) -> bool:
        """Whether number, animacy and gender of a pronoun fit what was mentioned."""
        if pronoun.animacy == "animate" and (antecedent.kind != "person" or antecedent.number == "plural"):
            return False
        if pronoun.animacy == "inanimate" and (antecedent.animacy == "animate" or antecedent.number == "plural"):
            return False
        collective = antecedent.kind in ("organization", "group")
        if pronoun.number == "plural" and antecedent.number != "plural" and not collective:
            return False
        known = self.genders.get(antecedent.entity, antecedent.gender)
        return not (pronoun.gender and known and pronoun.gender != known)

    def salience(self, spot: Spot, antecedent: Antecedent, *, quotation: int) -> float:
        """How likely a pronoun means what was mentioned there, by role, distance, repetition and structure."""
        token, other = self.syntax.tree.doc[spot.head], self.syntax.tree.doc[antecedent.head]
        role = self.syntax.role(token)
        gap = self.syntax.sentences[spot.head] - antecedent.sentence
        score = ROLE_SCORES[antecedent.role] - SENTENCE_COST * gap
        score += REPEATED * min(self.counts[antecedent.entity], 4) if antecedent.entity else 0.0
        score -= NUMBER_DIFFERS if antecedent.number == "singular" and pronoun_is_plural(spot) else 0.0
        score += SAME_ROLE if role == antecedent.role else 0.0
        score -= min(FURTHEST, TOKEN_COST * (spot.head - antecedent.head))
        if gap == 0:
            score += GOVERNS if self.syntax.governs(other, token) else 0.0
            score += COORDINATED if self.syntax.coordinated_subjects(token, other) else 0.0
            score += SAME_CLAUSE if role == "possessor" and self._is_subject_of_clause(spot, antecedent) else 0.0
        score += OUT_OF_QUOTATION if antecedent.quotation != quotation and antecedent.quotation >= 0 else 0.0
        score += ACTOR_SUBJECT if antecedent.entity and role in ("subject", "possessor") else 0.0
        return score

    def _is_subject_of_clause(self, spot: Spot, antecedent: Antecedent) -> bool:
        token = self.syntax.tree.doc[spot.head]
        subject = self.syntax.subject(self.syntax.predicate(token))
        return subject is not None and self.syntax.first_conjunct(self.syntax.tree.doc[antecedent.head]).i == subject.i

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
