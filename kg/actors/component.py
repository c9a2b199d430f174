"""The component ``kg_actors``: mentions and entities of a parsed Doc.

- Finds names, nationality adjectives, nominals with an actor noun at their head, and pronouns.
- Links names to the knowledge base, resolves the rest to them, and makes local entities of what neither knows.
- Sets ``doc._.mentions``, ``doc._.entities`` and ``doc._.mention_heads``.
- Needs a dependency parse; uses named entities where a recogniser set them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.actors.coreference import resolve
from kg.actors.knowledge_base import KnowledgeBase
from kg.actors.lookups import Lookups
from kg.actors.places import located
from kg.actors.scene import Resolved, Scene
from kg.actors.sectors import Sectors
from kg.language.extensions import article_of, register
from kg.model import Entity, Mention


def make_actors(nlp: Language, name: str, knowledge_base: str | None) -> Callable[[Doc], Doc]:
    """The component, with the bundled knowledge base or the one at the path ``knowledge_base``.

    :raises KnowledgeBaseError: if the knowledge base is missing or damaged.
    """
    register()
    return Actors(KnowledgeBase.load(knowledge_base))


Language.factory("kg_actors", func=make_actors, default_config={"knowledge_base": None})


class Actors:
    """Annotates Docs with mentions and entities."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self.lookups = Lookups(knowledge)

    def __call__(self, doc: Doc) -> Doc:
        """Set mentions, entities and mention heads of a parsed Doc."""
        article = article_of(doc)
        scene = resolve(doc, article=article, lookups=self.lookups)
        by_head = {head: mention_of(scene, scene.resolved[head]) for head in sorted(scene.resolved)}
        for title, name in sorted(scene.title_heads().items()):
            by_head[title] = by_head[name]
        used = _with_wholes(scene, {mention.entity for mention in by_head.values()})
        doc._.mention_heads = dict(sorted(by_head.items()))
        doc._.mentions = sorted(set(by_head.values()), key=lambda mention: (mention.span, mention.type))
        sectors = Sectors(scene)
        described = (located(scene, sectors.with_sector(scene.entities[id])) for id in sorted(used))
        doc._.entities = {entity.id: self._with_country(entity) for entity in described}
        return doc

    def _with_country(self, entity: Entity) -> Entity:
        """The entity with its country as an entity id; inside this room a country is its ISO code."""
        country = self.lookups.country(entity.country) if entity.country else None
        return replace(entity, country=country.id) if country is not None else entity


def _with_wholes(scene: Scene, mentioned: set[str]) -> set[str]:
    """The entities mentioned, and those that they are parts of."""
    used: set[str] = set()
    queue = list(mentioned)
    while queue:
        entity = queue.pop()
        if entity not in used:
            used.add(entity)
            whole = scene.entities[entity].part_of
            queue.extend([whole] if whole in scene.entities else [])
    return used


def mention_of(scene: Scene, resolved: Resolved) -> Mention:
    """The model's mention of a resolved spot."""
    return Mention(
        article=scene.article.id,
        span=resolved.spot.span(scene.doc),
        text=resolved.spot.text(scene.doc),
        type=resolved.spot.type,
        entity=resolved.entity,
        reason=resolved.reason,
        score=resolved.score,
    )
