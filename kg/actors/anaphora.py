"""Resolve pronouns: the third person by agreement, syntax and salience, the first by the speaker of its quotation."""

from __future__ import annotations

from spacy.tokens import Token

from kg.actors.antecedents import Antecedent
from kg.actors.scene import Resolved, Scene
from kg.actors.spots import Spot
from kg.actors.syntax import ARGUMENTS
from kg.actors.words import Pronoun, word_set
from kg.model import Entity

CLEAR = 0.3
MARGIN = 0.03
SPEAKER_SCORE = 0.8
LOWEST_SCORE, HIGHEST_SCORE = 0.4, 0.9
PRONOUN_WINDOW = {"animate": 4, "inanimate": 2, "": 2}


def resolve_third_person(scene: Scene, spot: Spot, pronoun: Pronoun) -> Resolved | None:
    """The antecedent that agrees and is most salient; None when a thing is more so, or nothing is clear."""
    if pronoun.pronoun == "it" and _is_pleonastic(scene, spot):
        return None
    quotation = scene.quotation_at(spot.head)
    candidates = _candidates(scene, spot, pronoun)
    scores = {a.head: scene.discourse.salience(spot, a, quotation=quotation) for a in candidates}
    best = scene.discourse.best(spot, candidates, lambda a: scores[a.head])
    if best is None:
        return None
    winner, score = best
    rivals = [scores[a.head] for a in candidates if a.entity != winner.entity or not a.entity]
    lead = score - max((s for s in rivals if s != score), default=0.0)
    if not winner.entity or score < CLEAR or (rivals and lead < MARGIN):
        return None
    name = scene.entities[winner.entity].name
    confidence = max(LOWEST_SCORE, min(HIGHEST_SCORE, 0.5 + lead))
    reason = f"the most salient that agrees with {pronoun.pronoun!r}: {name}"
    return Resolved(spot, winner.entity, reason, round(confidence, 3))


def _candidates(scene: Scene, spot: Spot, pronoun: Pronoun) -> list[Antecedent]:
    """What agrees and what syntax allows, nearest first, each entity by each of its mentions in the window."""
    token = scene.doc[spot.head]
    possessive = scene.tree.label(token) == "nmod:poss"
    reflexive = pronoun.form == "reflexive"
    speaker = _speaker(scene, spot)
    window = PRONOUN_WINDOW[pronoun.animacy]
    if pronoun.pronoun == "it" and scene.syntax.role(token) != "subject":
        window = 1  # further back, "it" as an object mostly means a matter rather than an actor
    others = beside_in_clause(scene, spot)
    found: list[Antecedent] = []
    for antecedent in scene.discourse.recent(spot.head, sentences=window):
        other = scene.doc[antecedent.head]
        if not scene.discourse.agrees(pronoun, antecedent) or antecedent.start <= spot.head < antecedent.end:
            continue
        if speaker is not None and antecedent.entity == speaker.id:
            continue
        barred = antecedent.entity in others or scene.syntax.excluded(token, other)
        if barred and not possessive and not reflexive:
            continue
        found.append(antecedent)
    return found


def beside_in_clause(scene: Scene, spot: Spot) -> set[str]:
    """The entities of the other arguments of a pronoun's clause, which it cannot mean."""
    predicate = scene.syntax.clause_of_argument(scene.doc[spot.head])
    arguments = scene.tree.children(predicate, *ARGUMENTS)
    subject = scene.syntax.subject(predicate)
    if subject is not None and scene.syntax.role(scene.doc[spot.head]) != "subject":
        arguments.append(subject)
    return {scene.resolved[t.i].entity for t in arguments if t.i in scene.resolved and t.i != spot.head}


def _is_pleonastic(scene: Scene, spot: Spot) -> bool:
    """Whether "it" stands for nothing ("it is clear that", "it seems", "it rained")."""
    token = scene.doc[spot.head]
    if scene.tree.label(token) == "expl":
        return True
    predicate = scene.syntax.clause_of_argument(token)
    clausal = scene.tree.child(predicate, "csubj", "ccomp") is not None and predicate.pos_ in ("ADJ", "NOUN")
    return clausal or predicate.lemma_.lower() in word_set("pleonastic predicate")


def _speaker(scene: Scene, spot: Spot) -> Entity | None:
    number = scene.quotation_at(spot.head)
    speaker = scene.quotations[number].speaker if number >= 0 else None
    if speaker is None:
        return None
    nearer = next((c for c in scene.tree.children(speaker, "appos") if _other_person(scene, speaker, c)), None)
    speaker = nearer or speaker
    resolved = scene.named_at(speaker.i)
    return scene.entities[resolved.entity] if resolved is not None else None


def _other_person(scene: Scene, one: Token, other: Token) -> bool:
    """Whether two names that were parsed as an apposition are of two people ("After meeting A, B said")."""
    first, second = scene.named.get(one.i), scene.named.get(other.i)
    if first is None or second is None or first.entity == second.entity:
        return False
    return scene.entities[first.entity].kind == scene.entities[second.entity].kind == "person"


def resolve_first_person(scene: Scene, spot: Spot, pronoun: Pronoun) -> Resolved | None:
    """ "I" is the speaker of the quotation; "we" is the country or organisation that the speaker speaks for."""
    speaker = _speaker(scene, spot)
    if speaker is None:
        return None
    if pronoun.number == "singular":
        if speaker.kind != "person":
            return None
        return Resolved(spot, speaker.id, f"{speaker.name} speaks", SPEAKER_SCORE)
    party = represented(scene, speaker)
    if party is None:
        return None
    return Resolved(spot, party.id, f"{speaker.name} speaks for {party.name}", SPEAKER_SCORE - 0.1)


def represented(scene: Scene, speaker: Entity) -> Entity | None:
    """Whom a speaker speaks for: an official for the country or organisation served, a country or group for itself."""
    if speaker.kind in ("country", "organization", "group"):
        return speaker
    if speaker.kind != "person":
        return None
    for office in scene.offices.get(speaker.id, ()):
        if office.body is not None and office.body in scene.entities:
            return scene.entities[office.body]
    in_office = speaker.wikidata is not None and scene.knowledge.offices_of(speaker.id)
    return scene.country(speaker.country) if in_office and speaker.country else None
