"""How a relation reads between its subject and its object: "warn" becomes "warns", "president of" stays."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.model import Claim

_PLURAL = {"be": "are"}
_PLURALS = frozenset({"people", "police", "men", "women", "children", "troops", "fishermen", "servicemen", "gunmen"})
_SINGULARS = frozenset({"news", "series", "headquarters", "corps", "gas", "species", "means"})
_SINGULAR_ENDINGS = ("ss", "us", "is", "ics")
_BEHIND_HEAD = re.compile(r",? (?:of|in|from|at|for|on|to|with|near|against|who|that|which|between) ")
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


def relation_label(lemma: str, *, nominal: bool = False, plural: bool = False) -> str:
    """The label of a relation: its first word, a verb, in the third person; a nominal relation as it stands.

    :param plural: whether it is to agree with a subject in the plural.

    >>> relation_label("send to"), relation_label("president of", nominal=True), relation_label("send to", plural=True)
    ('sends to', 'president of', 'send to')
    """
    verb, space, rest = lemma.partition(" ")
    if nominal or not verb:
        return lemma
    return f"{_PLURAL.get(verb, verb) if plural else third_person(verb)}{space}{rest}"


def is_plural(name: str, kind: str) -> bool:
    """Whether a name as it is printed stands in the plural: "enemy fighters", "Kurds", "Iran and Iraq".

    What begins with a capital is the name of one thing ("United Nations"), but for groups.

    >>> is_plural("enemy fighters", "group"), is_plural("Kurds", "group"), is_plural("United Nations", "organization")
    (True, True, False)
    """
    head = _BEHIND_HEAD.split(name, maxsplit=1)[0]
    if kind == "group" and " and " in head:
        return True
    last = head.rpartition(" ")[2]
    if not last or (last[0].isupper() and kind != "group"):
        return False
    if last[0].isupper() and last.endswith("is"):
        return True  # "Houthis", "Israelis"
    word = last.lower()
    return word in _PLURALS or (word.endswith("s") and not word.endswith(_SINGULAR_ENDINGS) and word not in _SINGULARS)


def relation_labels(claims: Iterable[Claim]) -> dict[str, str]:
    """The label of each relation of some claims; it is nominal when each claim that has it says so."""
    nominal: dict[str, bool] = {}
    for claim in claims:
        lemma = claim.relation.lemma
        nominal[lemma] = nominal.get(lemma, True) and claim.relation.nominal
    return {lemma: relation_label(lemma, nominal=nominal[lemma]) for lemma in sorted(nominal)}
