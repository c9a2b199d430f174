"""Targets that no grammatical argument names, inferred from what is said or from whom a thing belongs to.

"Iran warned that strikes on its ships would be answered" is aimed at nobody by its grammar; a threat, demand,
accusation, rejection or promise is aimed at the actors of its content, or at the owner of what it rejects. Such a
target is marked ``inferred``, is less certain than a stated one, and never stands beside one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from kg.claims.context import Context, Draft
from kg.claims.participants import owner_of
from kg.claims.words import is_word
from kg.language.clauses import governor
from kg.model import Entity

CERTAINTY = 0.6
MOST_TARGETS = 3


def inferred_drafts(context: Context, drafts: list[Draft]) -> Iterator[Draft]:
    """Claims with an inferred target, for drafts that name none."""
    stated = {(d.predicate.i, d.lemma) for d in drafts if d.object is not None and context.is_actor(d.object)}
    for draft in drafts:
        if draft.nominal or draft.chain is not None or not context.is_actor(draft.subject):
            continue
        if any(predicate == draft.predicate.i for predicate, _ in stated):
            continue
        for target in _targets(context, draft):
            yield replace(
                draft, object=target, inferred=True, certainty=draft.certainty * CERTAINTY,
                rules=(*draft.rules, "inferred target"),
            )  # fmt: skip


def _targets(context: Context, draft: Draft) -> list[Token]:
    if draft.object is not None:
        owner = owner_of(context, draft.object) if is_word(draft.predicate, "target", detail="possessor") else None
        return [owner] if owner is not None and not _is_own(context, draft.subject, owner) else []
    if not is_word(draft.predicate, "target", detail="content"):
        return []
    found: dict[str, Token] = {}
    for token in _content(context, draft.predicate):
        entity = context.entity(token)
        if entity is not None and _can_be_aimed_at(entity) and not _is_own(context, draft.subject, token):
            found.setdefault(entity.id, token)
    return list(found.values())[:MOST_TARGETS]


def _content(context: Context, predicate: Token) -> Iterator[Token]:
    """The words of the clauses that a predicate governs, with all that hangs on them."""
    for clause in context.clauses.values():
        if governor(context.tree, clause.predicate) == predicate and clause.predicate.i > predicate.i:
            yield from context.tree.subtree(clause.predicate)


def _can_be_aimed_at(entity: Entity) -> bool:
    return entity.kind in ("person", "country", "organization", "group")


def _is_own(context: Context, subject: Token, target: Token) -> bool:
    """Whether a target is the subject itself, its country, or a part of either."""
    own, other = context.entity(subject), context.entity(target)
    if own is None or other is None or own.id == other.id:
        return True
    same_country = own.country is not None and own.country == other.country
    return same_country or own.id == other.part_of or other.id == own.part_of
