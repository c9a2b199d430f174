"""Give every name of an article its entity: cluster, read offices and places around it, link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Token

from kg.actors.clusters import Cluster, cluster_names, plain_name
from kg.actors.groups import part_entity
from kg.actors.linking import BODY_LABELS, METONYMS, Context, Link, Linker, Name, is_generic
from kg.actors.names import POSSESSIVES
from kg.actors.offices import StatedOffice, office_of_nominal, title_before
from kg.actors.regions import regions_around
from kg.actors.scene import Resolved, Scene
from kg.actors.spots import DEMONYM, DEMONYMS, Spot
from kg.actors.words import noun_class, noun_of, word_set
from kg.grammar.predicates import is_speech

NATION_LABELS = frozenset({"GPE", DEMONYM, DEMONYMS, "", "NORP", "LOC"})


def resolve_names(scene: Scene, spots: Sequence[Spot], appositions: Mapping[int, Spot]) -> dict[int, Resolved]:
    """The entity of each name, by the index of its head.

    Countries come first: an office belongs to one ("Russian President"), and who held it tells who is meant.
    ``appositions`` gives the nominal that stands beside a person's name, by the head of the name.
    """
    linker = Linker(scene.lookups, Context(date=scene.article.published))
    clusters = cluster_names(scene.doc, list(spots), scene.lookups.kinds, scene.lookups.settled)
    regions = regions_around(scene, spots)
    found: dict[int, Resolved] = {}
    people = [cluster for cluster in clusters if cluster.is_person]
    others = [cluster for cluster in clusters if cluster not in people]
    for cluster in sorted(others, key=lambda cluster: _ambiguity(scene, cluster)):
        _link_cluster(scene, linker, cluster, found, regions=regions)
    shortest_first = sorted((other.spot for other in found.values()), key=lambda spot: spot.end - spot.start)
    names_at = {i: spot for spot in shortest_first for i in range(spot.start, spot.end)}
    for cluster in people:
        offices = _offices(scene, cluster, names_at, appositions, found)
        _link_cluster(scene, linker, cluster, found, regions=regions, offices=offices)
        for spot in cluster.spots:
            if spot.head in found and scene.entities[found[spot.head].entity].kind == "person":
                scene.offices[found[spot.head].entity] = list(offices)
    return found


def _ambiguity(scene: Scene, cluster: Cluster) -> tuple[bool, int]:
    """Places go before bodies, and what is clear before what it makes clear."""
    return cluster.label not in NATION_LABELS, len(scene.lookups.candidates(cluster.fullest(scene.doc)))


def _link_cluster(
    scene: Scene,
    linker: Linker,
    cluster: Cluster,
    found: dict[int, Resolved],
    *,
    regions: Mapping[int, str],
    offices: Sequence[StatedOffice] = (),
) -> None:
    """Link a cluster once for its names that act and once for those that are places, if that can differ."""
    spellings = cluster.surfaces(scene.doc)
    fullest = cluster.fullest(scene.doc)
    governs = not cluster.settled and any(_names_government(scene, spot) for spot in cluster.spots)
    label = "PERSON" if cluster.is_person or governs else cluster.label
    owner = None if cluster.is_person else _owner_beside(scene, cluster, found)
    if owner and not label and is_generic(fullest):
        label = "ORG"
    name = Name(
        (fullest, *(s for s in spellings if s != fullest)),
        label,
        within=all(spot.within for spot in cluster.spots),
        inside=next((regions[spot.end] for spot in cluster.spots if spot.end in regions), None),
        owner=owner,
        governs=governs,
        offices=tuple(offices),
    )
    metonymic = any(c.alias_type in METONYMS for s in spellings for c in scene.lookups.candidates(s))
    links: dict[tuple[bool, bool], Link] = {}
    for spot in cluster.spots:
        acts = metonymic and not spot.within and acts_here(scene, scene.doc[spot.head])
        behind = spot.start - 1 in regions
        if (acts, behind) not in links:
            links[acts, behind] = linker.link(replace(name, acts=acts, behind_place=behind), article=scene.article.id)
        link = links[acts, behind]
        if not link.linked and not (owner and label == "ORG") and _says_nothing_alone(scene, spot):
            continue
        entity = scene.add_entity(link.entity)
        if entity.country and entity.kind in ("country", "place"):
            counter = linker.context.countries if entity.kind == "country" else linker.context.places
            counter[entity.country] += 1
        if spot.label == DEMONYMS and entity.kind == "country":
            text = plain_name(spot.text(scene.doc))
            entity = scene.add_entity(part_entity("people", kind="group", text=text, whole=entity))
        reason, score = cluster.reasons[spot.head]
        reason = link.reason if reason == "same name" else f"{reason}; {link.reason}"
        found[spot.head] = Resolved(spot, entity.id, reason, round(link.score * score, 3))


def _owner_beside(scene: Scene, cluster: Cluster, found: Mapping[int, Resolved]) -> str | None:
    """The country whose a body is by the words beside its name ("the Iranian Ministry of Defence", "Iran's Supreme
    Court", "the Ministry of Health of Iran")."""
    if cluster.label not in BODY_LABELS:
        return None
    countries = {one.spot.head: scene.entities[one.entity] for one in found.values() if not one.spot.within}
    for spot in cluster.spots:
        before = spot.start - 1
        if before > 0 and scene.doc[before].text in POSSESSIVES:
            before -= 1
        behind = spot.end + 1 if spot.end < len(scene.doc) and scene.doc[spot.end].lower_ == "of" else -1
        if behind > 0 and behind < len(scene.doc) and scene.doc[behind].lower_ == "the":
            behind += 1
        for i in (before, behind):
            country = next((c for head, c in countries.items() if head == i and c.kind == "country"), None)
            if country is not None:
                return country.country
    return None


def _names_government(scene: Scene, spot: Spot) -> bool:
    """Whether a surname stands before "administration", "regime" and the like."""
    doc = scene.doc
    end = spot.end + (1 if spot.end < len(doc) and doc[spot.end].text in POSSESSIVES else 0)
    known = scene.lookups.kinds(spot.text(doc)) - {"person"}
    short = spot.end - spot.start == 1 and not known and spot.label not in (DEMONYM, DEMONYMS)
    return short and end < len(doc) and doc[end].lower_ in word_set("government") and not doc[end].text[0].isupper()


def _says_nothing_alone(scene: Scene, spot: Spot) -> bool:
    """Whether a name that was not linked is dropped: one that the recogniser did not see, or a mere adjective."""
    adjective = spot.label in ("NORP", DEMONYM) and scene.doc[spot.head].pos_ == "ADJ"
    return not spot.label or adjective or spot.label == DEMONYM


def acts_here(scene: Scene, token: Token) -> bool:
    """Whether a capital's name stands where an actor does ("Moscow said", "talks with Moscow"), not a place."""
    syntax = scene.syntax
    first = syntax.first_conjunct(token)
    case = scene.tree.child(token, "case") or scene.tree.child(first, "case")
    if case is not None and case.pos_ != "PART":
        return case.lower_ in word_set("party preposition") and case.lower_ not in ("from", "to", "for", "among")
    role = syntax.role(token)
    if role == "subject":
        predicate = syntax.clause_of_argument(token)
        passive = scene.tree.label(first) == "nsubj:pass"
        return not passive and _is_act(scene, predicate)
    if role == "object":
        return is_speech(scene.tree.head(first))
    of_actor = noun_of(scene.tree.head(first))
    if role == "possessor":
        return not _is_local(scene.tree.head(first))
    return role == "modifier" and of_actor is not None


def _is_local(possessed: Token) -> bool:
    """Whether what a name owns lies in the place of that name ("its streets", "its Old Town")."""
    return possessed.pos_ == "PROPN" or noun_class(possessed.lemma_.lower()) == "place"


def _is_act(scene: Scene, predicate: Token) -> bool:
    """Whether a predicate is something that an actor does: a verb of speech, or one with an object or a clause."""
    if predicate.pos_ != "VERB" or predicate.lemma_.lower() in word_set("stative verb"):
        return False
    return is_speech(predicate) or scene.tree.child(predicate, "obj", "iobj", "ccomp", "xcomp", "obl") is not None


def _offices(
    scene: Scene,
    cluster: Cluster,
    names_at: Mapping[int, Spot],
    appositions: Mapping[int, Spot],
    found: Mapping[int, Resolved],
) -> list[StatedOffice]:
    """The offices that the words before and beside a person's names give."""

    def affiliation(head: int) -> tuple[str | None, str | None]:
        owner = scene.entities.get(found[head].entity) if head in found else None
        if owner is None:
            return None, None
        return (owner.country if owner.kind == "country" else None), owner.id

    offices: list[StatedOffice] = []
    for spot in cluster.spots:
        title = title_before(scene.tree, spot, names_at, affiliation)
        beside = appositions.get(spot.head)
        nominal = office_of_nominal(scene.tree, beside, names_at, affiliation) if beside else None
        offices.extend(office for office in (title, nominal) if office and office not in offices)
    return offices
