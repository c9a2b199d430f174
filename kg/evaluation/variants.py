"""Score whether a name is known in the spellings that articles vary: accents, transliteration, title, initials, order.

The gold is a table of names with their Wikidata items; ``variants.tsv`` holds the fifty largest countries of the
knowledge base and fifty heads of state or government in office on :data:`DATE`. Ten spellings of each name are made by
rule, the same ones every time: a few of each sort that the name allows, in turn (:func:`spellings`). What differs
between ways to romanise comes from ``respellings.csv``.

Each is linked as a name of an article of that date that names the country once. No office beside the name helps. A
spelling is right when it is linked to the item of its name, wrong when to another one, else unlinked.
"""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, zip_longest
from pathlib import Path

from kg.actors.clusters import plain_name
from kg.actors.knowledge_base import KnowledgeBase
from kg.actors.linking import Context, Linker, Name
from kg.actors.lookups import Lookups
from kg.actors.words import actor_nouns, titles, word_set
from kg.corpora.files import malformed, numbered_lines
from kg.corpora.variations import drop_accents
from kg.errors import EvaluationError
from kg.evaluation.scoring import Scores

GOLD = Path(__file__).with_name("variants.tsv")
RESPELLINGS = Path(__file__).with_name("respellings.csv")
COLUMNS = ("id", "name", "kind", "country", "title", "family", "source")
LABELS = {"person": "PERSON", "country": "GPE"}
DATE = "2022-02-01"
PER_NAME = 10
BEARERS = dict.fromkeys(("\u0301", "\u0308", "\u0302", "\u0304", "\u0300", "\u0303", "\u0306"), "aeiou") | {
    "\u030c": "cszrn", "\u0327": "cst",
}  # fmt: skip  # acute, diaeresis, circumflex, macron, grave, tilde, breve on vowels; caron and cedilla on consonants


@dataclass(frozen=True, slots=True)
class Known:
    """A name whose item is known.

    ``country`` is an ISO 3166-1 alpha-3 code, ``title`` what may stand before the name ("President", "Republic of"),
    ``family`` the family name of a person as it stands in the name.
    """

    id: str
    name: str
    kind: str
    country: str
    title: str = ""
    family: str = ""

    @property
    def given(self) -> str:
        """What is left of a person's name without the family name."""
        return " ".join(self.name.replace(self.family, " ", 1).split()) if self.family else ""


def score(gold: Path = GOLD) -> Scores:
    """``right``, ``wrong`` and ``unlinked``, shares of the n spellings, and ``right`` for each sort of spelling.

    :raises EvaluationError: if the file is not a table of names.
    """
    lookups = Lookups(KnowledgeBase.load())
    outcomes: Counter[tuple[str, str]] = Counter()
    for known in read(gold):
        linker = Linker(lookups, Context(date=DATE, countries=Counter({known.country: 1})))
        for sort, spelling in spellings(known):
            outcomes[sort, outcome(linker, known, spelling)] += 1
    total = outcomes.total()
    shares = {name: _share(outcomes, name, total) for name in ("right", "wrong", "unlinked")}
    by_sort = Counter[str]()
    for (sort, _), count in outcomes.items():
        by_sort[sort] += count
    return {"n": total, **shares, **{f"right_{sort}": outcomes[sort, "right"] / n for sort, n in by_sort.items()}}


def _share(outcomes: Counter[tuple[str, str]], name: str, total: int) -> float:
    return sum(count for (_, outcome), count in outcomes.items() if outcome == name) / total


def outcome(linker: Linker, known: Known, spelling: str) -> str:
    """Whether a spelling of a known name is linked "right", "wrong" or is "unlinked"."""
    link = linker.link(Name((_without_title(plain_name(spelling)),), LABELS[known.kind]), article="")
    if not link.linked:
        return "unlinked"
    return "right" if link.entity.id == known.id else "wrong"


def _without_title(name: str) -> str:
    """A name without the forms of address and offices before it, which the rules for mentions leave out too."""
    words = name.split()
    while len(words) > 1 and _is_title(words[0].lower().rstrip(".")):
        words = words[1:]
    return " ".join(words)


def _is_title(word: str) -> bool:
    noun = actor_nouns().get(word)
    return word in titles() or word in word_set("title modifier") or (noun is not None and noun.kind == "person")


def read(path: Path) -> list[Known]:
    """The names of a tab-separated file with the columns :data:`COLUMNS`.

    :raises EvaluationError: if a column is missing or a kind unknown, or there is no name.
    """
    lines = list(numbered_lines(path))
    if not lines or tuple(lines[0][1].split("\t")) != COLUMNS or len(lines) == 1:
        raise EvaluationError(f"{path} is no table of names: give tab-separated {', '.join(COLUMNS)}, and rows")
    names: list[Known] = []
    for number, line in lines[1:]:
        fields = line.split("\t")
        if len(fields) != len(COLUMNS) or fields[2] not in LABELS:
            raise malformed(path, number, f"a name has {len(COLUMNS)} fields and the kind {' or '.join(LABELS)}")
        names.append(Known(*fields[:-1]))
    return names


def spellings(known: Known) -> list[tuple[str, str]]:
    """Ten ways to write a name, each with its sort; none is the name itself.

    >>> peru = Known("Q419", "Peru", "country", "PER", "Republic of")
    >>> spellings(peru)[:4]  # doctest: +NORMALIZE_WHITESPACE
    [('transliteration', 'Perou'), ('title', 'Republic of Peru'), ('order', 'Peru, Republic of'), ('accents', 'Pérú')]
    """
    sorts = {
        "accents": accented(known.name),
        "transliteration": respelled(known.name),
        "title": titled(known),
        "initials": initialled(known),
        "order": reordered(known),
    }
    named = ([(sort, spelling) for spelling in made] for sort, made in sorts.items())
    in_turn = (item for item in chain.from_iterable(zip_longest(*named)) if item is not None)
    kept: dict[str, str] = {}
    for sort, spelling in in_turn:
        if spelling != known.name:
            kept.setdefault(spelling, sort)
    return [(sort, spelling) for spelling, sort in kept.items()][:PER_NAME]


def accented(name: str) -> Iterator[str]:
    """A name without its accents, and with one accent on every letter that may bear it; then the same in capitals.

    >>> list(accented("Orbán"))[:3]
    ['Orban', 'Órbán', 'Örbän']
    """
    (bare,) = drop_accents([name])
    for base in (bare, bare.upper()):
        yield base
        for mark, bearers in BEARERS.items():
            marked = "".join(c + mark if c.lower() in bearers else c for c in base)
            yield unicodedata.normalize("NFC", marked)


def respelled(name: str) -> Iterator[str]:
    """A name as other ways to romanise have it: all of the first half of what differs, then each difference alone."""
    possible = [(one, other) for one, other in _respellings() if one in name[1:]]
    whole = name
    for one, other in possible[::2]:
        whole = whole[0] + whole[1:].replace(one, other)
    yield whole
    for one, other in possible:
        yield name[0] + name[1:].replace(one, other)


def titled(known: Known) -> Iterator[str]:
    """A name behind a title, plain, respelled, without accents, and with an initial."""
    if known.title:
        others = (*_firsts(respelled(known.name)), *_firsts(accented(known.name)), *_firsts(initialled(known)))
        yield from (f"{known.title} {name}" for name in (known.name, *others))


def initialled(known: Known) -> Iterator[str]:
    """A person's name with an initial in place of given names, or beside them."""
    if known.given:
        initials = [f"{word[0]}." for word in known.given.split()]
        yield f"{initials[0]} {known.family}"
        yield f"{known.given} {_letter(known)}. {known.family}"
        yield f"{initials[0].rstrip('.')} {known.family}"


def _letter(known: Known) -> str:
    """A middle initial that no source gives: it depends on the name alone."""
    return "ABDEM"[len(known.name) % 5]


def reordered(known: Known) -> Iterator[str]:
    """A name as an index has it, and with given and family name in the other order."""
    if known.given:
        turned = (known.family, known.given) if known.name.endswith(known.family) else (known.given, known.family)
        yield f"{known.family}, {known.given}"
        yield " ".join(turned)
        yield f"{known.family.upper()}, {known.given}"
    elif known.title and known.kind == "country":
        yield f"{known.name}, {known.title}"


def _firsts(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(names)[:1]


@cache
def _respellings() -> tuple[tuple[str, str], ...]:
    with RESPELLINGS.open(encoding="utf8", newline="") as file:
        return tuple((row["written"], row["instead"]) for row in csv.DictReader(file))
