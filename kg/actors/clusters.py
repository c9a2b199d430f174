"""Group the names of one article: spellings of one name, acronyms, surnames of people named in full.

Each name keeps the reason and the score with which it joined its cluster. A name that could belong to two clusters
joins the one whose full name stands before it, and nearest.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from spacy.tokens import Doc

from kg.actors.folding import fold, is_acronym, skeleton
from kg.actors.spots import DEMONYM, DEMONYMS, Spot
from kg.actors.words import actor_nouns, noun_of, titles
from kg.grammar.noun_phrases import PERSON_LABELS
from kg.model import Kind

NAME_ENDING = ("'s", "’s", "'", "’")
SPACED_INITIALS = re.compile(r"(?<=\b[A-Z]\.) (?=[A-Z]\.)")
SMALL_WORDS = frozenset({"of", "the", "and", "for", "in", "on", "to", "de", "la", "du", "des", "&"})
FULL_NAME_SCORE = 1.0
ACRONYM_SCORE = 0.95
SURNAME_SCORE = 0.9
GIVEN_NAME_SCORE = 0.8
SHORT_NAME_SCORE = 0.85


#: The kinds of the entities that the knowledge base has for a name.
KindsOf = Callable[[str], frozenset[str]]
#: The kind of a name that has one meaning in the knowledge base, and is no person's.
SettledKind = Callable[[str], Kind | None]
LABEL_OF_KIND: dict[Kind, str] = {
    "organization": "ORG",
    "country": "GPE",
    "place": "LOC",
    "group": "NORP",
    "thing": "EVENT",
}


@dataclass(slots=True)
class Cluster:
    """The names of an article that are one entity: ``key`` is the folded fullest name."""

    key: str
    spots: list[Spot] = field(default_factory=list[Spot])
    reasons: dict[int, tuple[str, float]] = field(default_factory=dict[int, tuple[str, float]])
    is_person: bool = False
    settled: str = ""

    def add(self, spot: Spot, reason: str, score: float) -> None:
        """Take in a name, by its head, with the reason why it belongs here."""
        self.spots.append(spot)
        self.reasons[spot.head] = (reason, score)

    @property
    def label(self) -> str:
        """What the knowledge base settles, else the label that most of its names carry; the fullest's decides a tie."""
        if self.settled:
            return self.settled
        counts = Counter(spot.label for spot in self.spots if spot.label)
        return min(counts, key=lambda label: (-counts[label], label), default="")

    def fullest(self, doc: Doc) -> str:
        """Its longest name as written; the first of equals."""
        return max((plain_name(spot.text(doc)) for spot in self.spots), key=len)

    def surfaces(self, doc: Doc) -> tuple[str, ...]:
        """All names as written, sorted."""
        return tuple(sorted({plain_name(spot.text(doc)) for spot in self.spots}))


def plain_name(text: str) -> str:
    """A name without a possessive ending, on one line.

    >>> plain_name("Hungary’s")
    'Hungary'
    """
    name = SPACED_INITIALS.sub("", " ".join(text.split()))
    for ending in NAME_ENDING:
        name = name.removesuffix(ending) or name
    return name


def cluster_names(doc: Doc, spots: list[Spot], kinds_of: KindsOf, settled: SettledKind) -> list[Cluster]:
    """The clusters of the names among ``spots``, in order of their first name."""
    clusters: dict[str, Cluster] = {}
    for spot in spots:
        if spot.type == "name":
            clusters.setdefault(_key(doc, spot), Cluster(_key(doc, spot))).add(spot, "same name", FULL_NAME_SCORE)
    _join_acronyms(doc, clusters)
    clusters = {key: cluster for key, cluster in clusters.items() if cluster.spots}
    _settle(doc, clusters.values(), settled)
    for cluster in clusters.values():
        cluster.is_person = _names_person(doc, cluster, kinds_of)
    _join_short_names_of_people(doc, clusters, kinds_of)
    _join_short_names_of_organizations(doc, clusters, kinds_of)
    _join_bare_nouns(doc, clusters, kinds_of)
    return sorted((c for c in clusters.values() if c.spots), key=lambda cluster: min(s.head for s in cluster.spots))


def _settle(doc: Doc, clusters: Iterable[Cluster], settled: SettledKind) -> None:
    """The knowledge base decides what a name of one meaning is, where the recogniser takes it for a person's: not where
    it is part of a longer name of a person in the article ("Jordan" beside "Ann Jordan")."""
    people = [set(c.key.split()) for c in clusters if c.label in PERSON_LABELS and " " in c.key]
    for cluster in clusters:
        if cluster.label not in PERSON_LABELS or any(set(cluster.key.split()) < words for words in people):
            continue
        kind = settled(cluster.fullest(doc))
        if kind is not None and not any(_titled(doc, spot) for spot in cluster.spots):
            cluster.settled = LABEL_OF_KIND[kind]


def _titled(doc: Doc, spot: Spot) -> bool:
    """Whether a form of address or an office stands before a name."""
    before = doc[spot.start - 1] if spot.start else None
    if before is None:
        return False
    noun = noun_of(before)
    holds = noun is not None and noun.kind == "person" and before.pos_ == "PROPN"
    return holds or before.lower_.rstrip(".") in titles()


def _key(doc: Doc, spot: Spot) -> str:
    name = fold(plain_name(spot.text(doc)))
    words = name.split()
    while len(words) > 1 and words[0] in titles():
        words = words[1:]
    return " ".join(words) or spot.text(doc)


def _merge(into: Cluster, other: Cluster, reason: str, score: float) -> None:
    for spot in other.spots:
        into.add(spot, reason, min(score, other.reasons[spot.head][1]))
    other.spots = []


def _join_acronyms(doc: Doc, clusters: dict[str, Cluster]) -> None:
    """An acronym joins the name in the article whose initials it has, or behind which it stands in brackets."""
    by_initials: dict[str, list[Cluster]] = defaultdict(list)
    by_end: dict[int, Cluster] = {}
    for cluster in clusters.values():
        for spot in cluster.spots:
            by_end[spot.end] = cluster
        for initials in _initials(cluster.key):
            by_initials[initials].append(cluster)
    for cluster in list(clusters.values()):
        first = cluster.spots[0]
        if not is_acronym(plain_name(first.text(doc))):
            continue
        in_brackets = (by_end.get(s.start - 1) for s in cluster.spots if s.start and doc[s.start - 1].text == "(")
        bracketed = next(in_brackets, None)
        matching = by_initials.get(cluster.key, [])
        full = bracketed or (matching[0] if len(matching) == 1 else None)
        if full is not None and full is not cluster and full.spots:
            _merge(full, cluster, "acronym", ACRONYM_SCORE)


def _initials(key: str) -> set[str]:
    words = key.split()
    if len(words) < 2:
        return set()
    return {"".join(w[0] for w in words), "".join(w[0] for w in words if w not in SMALL_WORDS)} - {""}


def _join_short_names_of_people(doc: Doc, clusters: dict[str, Cluster], kinds_of: KindsOf) -> None:
    """A surname, or failing that a first name, joins the person who is named in full."""
    by_surname: dict[str, list[Cluster]] = defaultdict(list)
    by_first_name: dict[str, list[Cluster]] = defaultdict(list)
    for cluster in clusters.values():
        words = cluster.key.split()
        if len(words) > 1 and cluster.spots and cluster.is_person:
            by_first_name[skeleton(words[0])].append(cluster)
            for i in range(1, len(words)):
                by_surname[skeleton(" ".join(words[i:]))].append(cluster)
    for cluster in list(clusters.values()):
        if cluster.spots and _may_be_short_name(doc, cluster, kinds_of):
            for index, reason, score in (
                (by_surname, "surname of a full name", SURNAME_SCORE),
                (by_first_name, "first part of a full name", GIVEN_NAME_SCORE),
            ):
                full_names = [c for c in index.get(skeleton(cluster.key), []) if c is not cluster and c.spots]
                if full_names:
                    _distribute(cluster, full_names, reason, score)
                    break


def _names_person(doc: Doc, cluster: Cluster, kinds_of: KindsOf) -> bool:
    """Whether the recogniser says that a name is a person's, or the knowledge base knows the full name as one alone."""
    return cluster.label in PERSON_LABELS or kinds_of(cluster.fullest(doc)) == frozenset({"person"})


def _may_be_short_name(doc: Doc, cluster: Cluster, kinds_of: KindsOf) -> bool:
    """Whether a name may be a person's surname: not where it was taken for a place or group that is known as such."""
    if cluster.is_person or cluster.label in ("", "ORG"):
        return True
    return cluster.label not in (DEMONYM, DEMONYMS) and not kinds_of(cluster.fullest(doc))


def _distribute(cluster: Cluster, full_names: list[Cluster], reason: str, score: float) -> None:
    """Give each short name to the person named in full last before it, else to the one named first after it."""
    ends = sorted((spot.head, i) for i, full in enumerate(full_names) for spot in full.spots)
    for spot in cluster.spots:
        before = [i for head, i in ends if head < spot.head]
        full = full_names[before[-1] if before else ends[0][1]]
        full.add(spot, reason, score)
    cluster.spots = []


def _join_short_names_of_organizations(doc: Doc, clusters: dict[str, Cluster], kinds_of: KindsOf) -> None:
    """ "Wagner" joins "Wagner Group": a name that lacks nothing but the noun for its kind at the end."""
    nouns = actor_nouns()
    for cluster in list(clusters.values()):
        head, _, noun = cluster.key.rpartition(" ")
        short = clusters.get(head)
        if not (head and short and short.spots and cluster.spots and noun in nouns):
            continue
        if kinds_of(short.fullest(doc)) & {"country", "place"}:
            continue
        if nouns[noun].kind in ("organization", "group") and short.label in ("ORG", "", "PERSON", "PER"):
            _merge(cluster, short, "short for the full name", SHORT_NAME_SCORE)


def _join_bare_nouns(doc: Doc, clusters: dict[str, Cluster], kinds_of: KindsOf) -> None:
    """ "the Court" joins "Supreme Court" and "the House" "House of Lords", where only one name of the article has that
    noun at its end or before "of"."""
    for noun, cluster in list(clusters.items()):
        if " " in noun or cluster.label != "ORG" or not cluster.spots:
            continue
        full = [
            other
            for key, other in clusters.items()
            if other.spots and other.label == "ORG" and (key.endswith(f" {noun}") or key.startswith(f"{noun} of "))
        ]
        full = [one for one in full if not kinds_of(one.fullest(doc)) & {"country", "place"}]
        if len(full) == 1:
            _merge(full[0], cluster, "its noun alone", SHORT_NAME_SCORE)
