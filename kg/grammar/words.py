"""The nouns and verbs that rules of this room treat alike, from ``words.tsv``.

=============  ====  =======================================================================================
class          pos   meaning; what ``detail`` says
=============  ====  =======================================================================================
role           noun  an office or function that a person holds ("president"); the preposition of its holder's body
relation       noun  what an actor is to another ("ally")
event          noun  what an actor does to another ("invasion"), one-sided
reciprocal     noun  what actors do with each other ("talks")
reciprocal     verb  the same as a verb ("meet")
light          verb  a verb that leaves the meaning to its object ("hold" of "hold talks with")
scheduling     verb  a verb that says when or whether its subject goes on ("the talks have started")
becoming       verb  a copula with time ("become")
effect         verb  what an event rather than an actor is said to do, after ", which" ("…, which raised tensions")
label          noun  what stands before a turn in place of a name ("Q"); whether who has it "asks" or "answers"
heading        noun  what stands before a colon and speaks nothing ("Breaking")
asking         both  what an interview consists of ("question")
target         verb  an act aimed at somebody: named in its "content", or the "possessor" of its object
undergone      verb  a verb that always has an object, so that a headline's participle of it is a passive ("arrested")
charge         verb  a verb whose "of …-ing" or "for …-ing" says what its object is charged with
=============  ====  =======================================================================================
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from spacy.tokens import Token

TABLE = Path(__file__).with_name("words.tsv")
WordClass = Literal[
    "role", "relation", "event", "reciprocal", "light", "scheduling", "becoming", "effect", "target", "asking", "label",
    "heading", "undergone", "charge",
]  # fmt: skip


@cache
def _table() -> Mapping[tuple[str, str, str], frozenset[str]]:
    found: dict[tuple[str, str, str], set[str]] = {}
    with TABLE.open(encoding="utf8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            found.setdefault((row["lemma"], row["pos"], row["class"]), set()).add(row["detail"])
    return {key: frozenset(details) for key, details in found.items()}


def is_word(token: Token, word_class: WordClass, *, detail: str | None = None) -> bool:
    """Whether a token is a noun or verb of a class; nouns are looked up by their lemma and as they stand ("talks")."""
    part_of_speech = "verb" if token.pos_ in ("VERB", "AUX") else "noun"
    for form in (token.lemma_.lower(), token.lower_):
        details = _table().get((form, part_of_speech, word_class))
        if details is not None and (detail is None or detail in details):
            return True
    return False


def is_event_noun(token: Token) -> bool:
    """Whether a noun tells of something that actors do."""
    return token.pos_ in ("NOUN", "PROPN") and (is_word(token, "event") or is_word(token, "reciprocal"))
