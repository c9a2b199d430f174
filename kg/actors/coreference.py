"""Resolve the mentions of one article: each gets an entity with a reason and a score, or stays unresolved.

Sieve by sieve, the surest first: names, by their clusters; appositions and titles; then in order of the text nominals
(parts of a whole, offices, "the country", pairs) and pronouns; at last "we" and "I", by the speaker of their quotation.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from kg.actors.anaphora import resolve_first_person, resolve_own_voice, resolve_third_person
from kg.actors.appositions import appositions
from kg.actors.groups import pair_entity
from kg.actors.lookups import Lookups
from kg.actors.mentions import find_mentions, is_plural
from kg.actors.naming import resolve_names
from kg.actors.nominals import resolve_nominal
from kg.actors.scene import Resolved, Scene
from kg.actors.spots import DEMONYMS, Spot
from kg.actors.syntax import Syntax
from kg.actors.words import Number
from kg.grammar.attribution import Quotation, quotations
from kg.grammar.tree import tree_of
from kg.model import Article

APPOSITION_SCORE = 0.9


def resolve(doc: Doc, *, article: Article, lookups: Lookups, quoted: Sequence[Quotation] | None = None) -> Scene:
    """Find and resolve all mentions of a parsed Doc; ``quoted`` replaces the quotations found in it."""
    tree = tree_of(doc)
    scene = Scene(doc, article, lookups, Syntax(tree), quotations(doc) if quoted is None else quoted)
    spots = find_mentions(doc, lookups.types)
    beside = appositions(tree, spots)
    scene.set_names(resolve_names(scene, spots, beside))
    described = {nominal.head: scene.named[head].entity for head, nominal in beside.items() if head in scene.named}
    for item in _in_order(doc, spots):
        _resolve_one(scene, item, described)
    for spot in spots:
        if spot.pronoun is not None and spot.pronoun.person == 1 and spot.head not in scene.resolved:
            resolved = resolve_first_person(scene, spot, spot.pronoun)  # its speaker, a pronoun, is known by now
            if resolved is None and spot.pronoun.number == "plural":
                resolved = resolve_own_voice(scene, spot)
            if resolved is not None:
                scene.resolved[spot.head] = resolved
    return scene


def _in_order(doc: Doc, spots: Sequence[Spot]) -> list[Spot]:
    """Mentions and competing nouns so that what lies inside another comes before it, else in order of the text."""
    heads = {spot.head for spot in spots}
    things = (
        Spot(token.i, token.i + 1, token.i, "nominal") for token in doc if token.pos_ == "NOUN" and token.i not in heads
    )
    return sorted((*spots, *things), key=lambda spot: (spot.end, -spot.start))


def _resolve_one(scene: Scene, spot: Spot, described: dict[int, str]) -> None:
    token = scene.doc[spot.head]
    number: Number = "plural" if is_plural(token, spot.noun) or spot.label == DEMONYMS or spot.pair else "singular"
    resolved: Resolved | None = None
    if spot.type == "name":
        number = "plural" if spot.label == DEMONYMS else "singular"
        resolved = scene.named.get(spot.head)
    elif spot.head in described:
        entity = described[spot.head]
        resolved = Resolved(spot, entity, f"stands beside {scene.entities[entity].name}", APPOSITION_SCORE)
    elif spot.pronoun is not None:
        resolve_person = resolve_third_person if spot.pronoun.person == 3 else resolve_first_person
        resolved = resolve_person(scene, spot, spot.pronoun)
        number = spot.pronoun.number
    elif spot.noun is not None or spot.pair:
        resolved = resolve_nominal(scene, spot)
    if resolved is not None:
        scene.remember(resolved, number=number)
        _remember_coordination(scene, spot)
    elif spot.pronoun is None or spot.pronoun.person != 3:
        scene.remember_thing(spot)


def _remember_coordination(scene: Scene, spot: Spot) -> None:
    """Once the last of several coordinated actors is known, "they" can mean all of them."""
    token = scene.doc[spot.head]
    if scene.tree.label(token) != "conj" or spot.pronoun is not None or spot.within:
        return
    first = scene.tree.head(token)
    joined = [scene.resolved[t.i] for t in scene.tree.conjuncts(first) if t.i in scene.resolved]
    entities = list({one.entity: scene.entities[one.entity] for one in joined}.values())
    if first.i in scene.resolved and len(entities) > 1 and len({entity.kind for entity in entities}) == 1:
        pair = scene.add_entity(pair_entity(entities))
        scene.remember_together([one.spot for one in sorted(joined, key=lambda one: one.spot.head)], pair)
