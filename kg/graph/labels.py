"""How a relation reads between its subject and its object: "warn" becomes "warns", "president of" stays."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.model import Claim

_IRREGULAR = {"be": "is", "have": "has", "do": "does", "go": "goes"}
_TAKES_ES = re.compile(r"(?:s|x|z|ch|sh|[^aeiou]o)$")
_CONSONANT_Y = re.compile(r"[^aeiou]y$")


def third_person(verb: str) -> str:
    """The third person singular, present tense, of an English verb.

    >>> [third_person(verb) for verb in ("warn", "deny", "impose", "attach", "veto", "be")]
    ['warns', 'denies', 'imposes', 'attaches', 'vetoes', 'is']
    """
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if _CONSONANT_Y.search(verb):
        return f"{verb[:-1]}ies"
    if _TAKES_ES.search(verb):
        return f"{verb}{'zes' if verb.endswith('iz') else 'es'}"
    return f"{verb}s"


def relation_label(lemma: str, *, nominal: bool = False) -> str:
    """The label of a relation: its first word, a verb, in the third person; a nominal relation as it stands.

    >>> relation_label("send to"), relation_label("president of", nominal=True)
    ('sends to', 'president of')
    """
    verb, space, rest = lemma.partition(" ")
    return lemma if nominal or not verb else f"{third_person(verb)}{space}{rest}"


def relation_labels(claims: Iterable[Claim]) -> dict[str, str]:
    """The label of each relation of some claims; it is nominal when each claim that has it says so."""
    nominal: dict[str, bool] = {}
    for claim in claims:
        lemma = claim.relation.lemma
        nominal[lemma] = nominal.get(lemma, True) and claim.relation.nominal
    return {lemma: relation_label(lemma, nominal=nominal[lemma]) for lemma in sorted(nominal)}
