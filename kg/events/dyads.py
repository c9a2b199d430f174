"""Who does it to whom: whether a claim's subject acts, and the actor whom its event is aimed at.

A claim's object is often a thing ("imposed sanctions on", "rejected the demands of"); the event's target is who is
acted upon. Where neither object nor argument of the claim is an actor, the target is looked for in the claim's own
phrase, and stands among its arguments in the role "target".
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from kg.events.coder import Coder
from kg.events.rules import UNDERGONE
from kg.grammar.phrases import Phrase, noun_phrase, predicate_of, undergoes
from kg.model import ACTOR_KINDS, Argument, Claim, Entity, Event, EventType, Kind, Mention

TARGET = "target"
CASUALTIES = "casualties"
PLACES: frozenset[Kind] = frozenset({"place", "country"})
# What is done to somebody by nobody named is an event all the same.
BODILY: frozenset[EventType] = frozenset({"ASSAULT", "COERCE"})
# What a state acts with, so that its acts are the state's: "Russian drones hit".
ARMS = frozenset({"weapons", "troops", "police", "attack", "fire"})
# Whose clause tells what is wanted, feared or blamed, its subject is who is addressed.
OF_CONTENT: frozenset[EventType] = frozenset({"REQUEST", "ACCUSE", "THREATEN", "SUPPORT", "REJECT"})
# What comes between a thing and whom it is for or against; "by" names the doer of what is condemned.
AIMED = ("against", "on", "to", "with", "at", "for", "from", "toward", "towards", "over", "between", "of")
ACCIDENT = "accident"
DONE = frozenset({"attack", "war", "crime", "genocide", "fire", "crackdown", "riot"})
JUDGED: frozenset[EventType] = frozenset({"ACCUSE"})


class Dyads:
    """Finds the actors of coded claims in one Doc."""

    def __init__(self, doc: Doc, coder: Coder) -> None:
        self._doc, self._coder = doc, coder
        self._mentions: dict[int, Mention] = doc._.mention_heads or {}
        self._entities: dict[str, Entity] = doc._.entities or {}

    def acts(self, claim: Claim, event: Event, phrase: Phrase) -> bool:
        """Whether the claim's subject is an actor that does it, or one to whom force was used by nobody named.

        An actor is an entity of such a kind, a name of no known kind, a number of actors ("dozens of students"), or
        the arms of a state ("Russian drones").
        """
        predicate = predicate_of(self._doc, claim.relation.span)
        if predicate is None:
            return False
        if self.undergone(claim):
            return UNDERGONE.on and event.type in BODILY and not self._is_accident(phrase)
        return CASUALTIES in claim.rules or claim.subject.kind in ACTOR_KINDS or self._stands_for_actor(claim)

    def undergone(self, claim: Claim) -> bool:
        """Whether the claim tells what was done to its subject."""
        predicate = predicate_of(self._doc, claim.relation.span)
        return predicate is not None and undergoes(self._doc, predicate, claim.subject.span)

    def _is_accident(self, phrase: Phrase) -> bool:
        """Whether what was done was done by nobody: "killed in a crash"."""
        return any(ACCIDENT in self._coder.classes(below) for _, below in phrase.prepositions)

    def _stands_for_actor(self, claim: Claim) -> bool:
        head = predicate_of(self._doc, claim.subject.span)
        phrase = noun_phrase(head) if head is not None else None
        if phrase is None:
            return False
        if phrase.proper or any(below.kind in ACTOR_KINDS for below in phrase.below("of")):
            return True
        return self._owner(claim.subject.entity) is not None and not ARMS.isdisjoint(self._coder.classes(phrase))

    def _owner(self, id: str) -> Entity | None:
        entity = self._entities.get(id)
        owner = self._entities.get(entity.part_of or "") if entity is not None and entity.kind == "thing" else None
        return owner if owner is not None and owner.kind in ACTOR_KINDS else None

    def target(self, claim: Claim, event: Event, phrase: Phrase) -> Argument | None:
        """The actor whom an event is aimed at, where the claim's object is none and no argument says."""
        if claim.object is not None and claim.object.kind in ACTOR_KINDS | PLACES:
            return None
        for below in self._candidates(event, phrase):
            mention = self._mentions.get(below.at)
            entity = self._entities.get(mention.entity) if mention is not None else None
            if mention is None or entity is None or entity.kind not in ACTOR_KINDS or self._is_own(claim, entity):
                continue
            return Argument(TARGET, mention.text, mention.span, entity=entity.id)
        return self._owned(claim)

    def _candidates(self, event: Event, phrase: Phrase) -> Iterator[Phrase]:
        """The phrases that may name the target, the likeliest first."""
        for name in AIMED:
            yield from (below for at, below in phrase.prepositions if at == name)
        for obj in (*phrase.objects, *(below for _, below in phrase.prepositions)):
            done = event.type in JUDGED and not DONE.isdisjoint(self._coder.classes(obj))
            for name in ("by", "from") if done else AIMED:
                yield from (below for at, below in obj.prepositions if at == name)
        for clause in (phrase.complement, phrase.purpose):
            if clause is not None and event.type in OF_CONTENT:
                yield from ([clause.subject] if clause.subject is not None else [])
                yield from clause.objects

    def _owned(self, claim: Claim) -> Argument | None:
        """The owner of the thing that an act is done to: "rejected Russia's demands"."""
        if claim.object is None:
            return None
        owner = self._owner(claim.object.entity)
        if owner is None or self._is_own(claim, owner):
            return None
        return Argument(TARGET, claim.object.text, claim.object.span, entity=owner.id)

    def place_at(self, phrase: Phrase) -> Argument | None:
        """The place that a phrase names, if it names one."""
        mention = self._mentions.get(phrase.at)
        entity = self._entities.get(mention.entity) if mention is not None else None
        if mention is None or entity is None or entity.kind not in PLACES:
            return None
        return Argument("place", mention.text, mention.span, entity=entity.id)

    def _is_own(self, claim: Claim, other: Entity) -> bool:
        """Whether an entity is the subject itself, or a part of it."""
        subject = self._entities.get(claim.subject.entity)
        return other.id == claim.subject.entity or (
            subject is not None and (other.part_of == subject.id or subject.part_of == other.id)
        )
