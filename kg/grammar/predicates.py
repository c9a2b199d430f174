"""Predicates that report, intend, try, cause or deny what stands below them, and what they do to it.

The table ``predicates.tsv`` gives each a class and its effects: on a finite clause ("that …") and on a nonfinite one
("to …", "…-ing"), each when the predicate is affirmed and when it is negated, and on an event noun ("warned of an
attack"). An effect is a modality, with ``not-`` before it where the clause is denied: "deny" makes its clause
``not-asserted``, "plan" ``future``. Signatures of this kind go back to Karttunen (1971) for implicative verbs and to
Saurí (2008) for factuality at large.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast

from spacy.tokens import Token

from kg.model import Modality, Polarity

EFFECTS = ("finite", "nonfinite", "negated_finite", "negated_nonfinite", "nominal")
TABLE = Path(__file__).with_name("predicates.tsv")
PART_OF_SPEECH = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj", "ADV": "adv"}
SPEECH_CLASSES = frozenset({"speech", "request", "commitment", "threat", "denial", "belief"})

PredicateClass = Literal[
    "speech", "request", "commitment", "threat", "denial", "belief", "knowledge", "desire", "decision", "refusal",
    "attempt", "implicative", "aspectual", "cessation", "raising", "modal", "causation", "permission", "prevention",
    "hedge", "hearsay", "negator", "approximator", "stance",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Effect:
    """What a predicate makes of the clause below it."""

    polarity: Polarity
    modality: Modality


@dataclass(frozen=True, slots=True)
class Signature:
    """A predicate's class and its effects, by finiteness of the clause below and polarity of the predicate."""

    kind: PredicateClass
    finite: Effect
    nonfinite: Effect
    negated_finite: Effect
    negated_nonfinite: Effect
    nominal: Effect

    def effect(self, *, finite: bool, negated: bool) -> Effect:
        """The effect on a clause.

        >>> signature("fail", "verb").effect(finite=False, negated=False)
        Effect(polarity='negative', modality='asserted')
        """
        if negated:
            return self.negated_finite if finite else self.negated_nonfinite
        return self.finite if finite else self.nonfinite


def signature(lemma: str, part_of_speech: str) -> Signature | None:
    """The signature of a lemma as "verb", "noun", "adj", "adv" or "phrase", if the table has it."""
    return _table().get((lemma, part_of_speech))


def signature_of(token: Token) -> Signature | None:
    """The signature of a token by its lemma and part of speech, with a particle right behind it ("point out")."""
    lemma, part_of_speech = token.lemma_.lower(), PART_OF_SPEECH.get(token.pos_, "")
    if part_of_speech == "verb" and token.i + 1 < len(token.doc) and token.nbor().tag_ == "RP":
        phrasal = signature(f"{lemma} {token.nbor().lower_}", "verb")
        if phrasal is not None:
            return phrasal
    return signature(lemma, part_of_speech)


def is_speech(token: Token) -> bool:
    """Whether a token is a verb that can introduce somebody's words or thoughts."""
    if token.pos_ != "VERB":
        return False
    found = signature_of(token)
    return found is not None and found.kind in SPEECH_CLASSES


@cache
def _table() -> Mapping[tuple[str, str], Signature]:
    with TABLE.open(encoding="utf8", newline="") as file:
        return {(row["lemma"], row["pos"]): _signature(row) for row in csv.DictReader(file, delimiter="\t")}


def _signature(row: Mapping[str, str]) -> Signature:
    effects = [_effect(row[name]) for name in EFFECTS]
    return Signature(cast(PredicateClass, row["class"]), *effects)


def _effect(code: str) -> Effect:
    modality = cast(Modality, code.removeprefix("not-"))
    return Effect("negative" if code.startswith("not-") else "positive", modality)
