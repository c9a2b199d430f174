"""Which claims concern an actor: the one rule by which a claim is kept without ``open``.

A claim is kept when its subject or object

- is an actor;
- is a place that does something or to which something is done ("the militia seized Kharkiv"), not where something is;
- belongs to an actor ("Vietnamese patrol boats", "Peru's demands"): that actor is its owner;
- is an armed thing, an act of force or an authority, and acts on something ("a missile struck a market", "the
  tribunal's verdict banned the sale");

and so is what a kept claim reports, governs or depends on, as far as words name who acts there. A pronoun that stands
for nobody known, and an adjective that a parse took for a noun, take part in nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from kg.claims.context import Context, Draft
from kg.claims.lists import listed
from kg.claims.participants import is_unresolved_pronoun, owner_of
from kg.grammar.words import is_event_noun
from kg.model import Claim

WEAPON = "WEAPON"


def concerns_an_actor(context: Context, draft: Draft) -> bool:
    """Whether an actor, what is its own, a place, an armed thing or an authority takes part in a claim."""
    heads = [draft.subject] if draft.object is None else [draft.subject, draft.object]
    if not can_take_part(context, draft):
        return False
    if any(context.is_actor(head) or owner_of(context, head) is not None for head in heads):
        return True
    return _acts(context, draft) and (_is_place_that_acts(context, heads) or _is_armed_or_in_authority(draft.subject))


def can_take_part(context: Context, draft: Draft) -> bool:
    """Whether words say who or what takes part, and more than that it is of some quality."""
    heads = [draft.subject] if draft.object is None else [draft.subject, draft.object]
    if any(is_unresolved_pronoun(context, head) for head in heads) or _is_no_noun(context, draft.subject):
        return False
    return not (draft.object is None and draft.lemma.startswith("be ") and draft.predicate.pos_ in ("ADJ", "ADV"))


def _is_no_noun(context: Context, head: Token) -> bool:
    """Whether a parse took an adjective, adverb or verb for what acts ("the blunt and personal language")."""
    return head.pos_ in ("ADJ", "ADV", "VERB") and head.i not in context.mentions


def _acts(context: Context, draft: Draft) -> bool:
    """Whether a claim says that something is done to something, not what something is."""
    clause = context.clauses.get(draft.predicate.i)
    return draft.object is not None and (clause is None or clause.copula is None) and not draft.nominal


def _is_place_that_acts(context: Context, heads: list[Token]) -> bool:
    return any((entity := context.entity(head)) is not None and entity.kind == "place" for head in heads)


def is_armed(head: Token) -> bool:
    """Whether a noun is a weapon, a vessel or an act of force: "a missile", "an air strike"."""
    noun = head.lemma_.lower()
    return head.ent_type_ == WEAPON or noun in listed("armed thing")


def _is_armed_or_in_authority(head: Token) -> bool:
    """Whether a thing does what a state or an armed group does with it: a missile, an air strike, a court's ruling."""
    event = head.pos_ == "NOUN" and is_event_noun(head)
    return is_armed(head) or event or head.lemma_.lower() in listed("authority")


def with_content(kept: Iterable[Claim], all_claims: Iterable[Claim]) -> set[str]:
    """The ids of some claims and of those that they report, govern or depend on."""
    by_id = {claim.id: claim for claim in all_claims}
    queue = list(kept)
    found: set[str] = set()
    while queue:
        claim = queue.pop()
        if claim.id not in found:
            found.add(claim.id)
            below = (*claim.content, *(argument.claim for argument in claim.arguments if argument.claim))
            queue.extend(by_id[id] for id in below if id in by_id)
    return found
