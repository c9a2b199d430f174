"""Standing as a value: polarity, modality, their ground, and how certain both are together as one number."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from kg.grammar.predicates import Effect
from kg.model import Modality, Polarity

LEAST_CERTAIN_FIRST: tuple[Modality, ...] = (
    "question", "conditional", "hypothetical", "possible", "future", "necessary", "asserted",
)  # fmt: skip
SCALE = Path(__file__).with_name("certainty.tsv")
AFFIRMED, DENIED = Effect("positive", "asserted"), Effect("negative", "asserted")


@dataclass(frozen=True, slots=True)
class Mark:
    """What some words of a clause make of it: a modality, the kind of words they are, and the words."""

    modality: Modality
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether something is affirmed or denied, and how certain it is said to be.

    ``kind`` names the kind of words that made it so ("desire to"), ``ground`` has the words ("plans"), and ``rules``
    the names of the rules that read them.
    """

    polarity: Polarity = "positive"
    modality: Modality = "asserted"
    kind: str = field(default="", compare=False)
    ground: str = field(default="", compare=False)
    rules: tuple[str, ...] = field(default=(), compare=False)

    @property
    def factuality(self) -> float:
        """The same as one number from -3 (certainly not) to 3 (certainly), as readers judge such words on average.

        >>> Standing("negative", "asserted").factuality < 0 < Standing("positive", "possible", "may").factuality
        True
        """
        table = _scale()
        plain = table[self.polarity, self.modality, ""]
        return table.get((self.polarity, self.modality, self.kind), plain)

    def under(
        self, effect: Effect, upper: Standing | None = None, *, kind: str = "", ground: str = "", rule: str = ""
    ) -> Standing:
        """This standing below a predicate with ``effect``, which itself has the modality of ``upper``.

        :param kind: what kind of predicate it is.
        :param ground: its words.
        :param rule: the rule that says so.
        """
        above = upper or Standing()
        polarity: Polarity = "positive" if self.polarity == effect.polarity else "negative"
        marks: tuple[tuple[Modality, str, str], ...] = (
            (self.modality, self.kind, self.ground),
            (effect.modality, kind, ground),
            (above.modality, above.kind, above.ground),
        )
        least = least_certain(self.modality, effect.modality, above.modality)
        kinds = [mark[1] for mark in marks if mark[0] == least and mark[1]]
        words = [mark[2] for mark in marks if mark[0] == least and mark[2]]
        if least == "asserted":
            words = [ground if effect.polarity == "negative" else self.ground] if polarity == "negative" else []
        rules = (
            *self.rules,
            *((rule,) if rule else ()),
            *(above.rules if above.modality == least != "asserted" else ()),
        )
        return Standing(
            polarity, least, kinds[0] if kinds else "", words[0] if words else "", tuple(dict.fromkeys(rules))
        )

    def with_mark(self, mark: Mark, rule: str) -> Standing:
        """This standing with what a further mark makes of it, if that is less certain."""
        if LEAST_CERTAIN_FIRST.index(mark.modality) >= LEAST_CERTAIN_FIRST.index(self.modality):
            return self
        return Standing(self.polarity, mark.modality, mark.kind, mark.words, (*self.rules, rule))

    def under_modality(self, upper: Standing, *, kind: str | None = None) -> Standing:
        """This standing in a clause of the modality of ``upper``; ``kind`` renames what kind of words that is."""
        named = upper if kind is None else Standing(upper.polarity, upper.modality, kind, upper.ground, upper.rules)
        return self.under(AFFIRMED, named)

    def under_standing(self, upper: Standing) -> Standing:
        """This standing carried by a clause that only says whether it comes about."""
        return self.under(Effect(upper.polarity, "asserted"), upper, ground=upper.ground)


def least_certain(*modalities: Modality) -> Modality:
    """The least certain of several modalities.

    >>> least_certain("asserted", "future", "possible")
    'possible'
    """
    return min(modalities, key=LEAST_CERTAIN_FIRST.index)


@cache
def _scale() -> Mapping[tuple[str, str, str], float]:
    with SCALE.open(encoding="utf8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return {(row["polarity"], row["modality"], row["kind"]): float(row["factuality"]) for row in rows}
