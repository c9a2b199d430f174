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
from kg.claims.lists import listed
from kg.claims.participants import owner_of
from kg.grammar.clauses import governor, preposition
from kg.grammar.predicates import signature_of
from kg.grammar.standing import standing
from kg.grammar.words import is_event_noun, is_word

MOST_TARGETS = 3
NAMED = frozenset({"person", "country", "organization"})
PARTS = frozenset({"nsubj", "obj", "iobj", "obl", "conj", "advcl", "ccomp", "xcomp"})


def inferred_drafts(context: Context, drafts: list[Draft]) -> Iterator[Draft]:
    """Claims with an inferred target, for drafts that name none."""
    stated = {(d.predicate.i, d.lemma) for d in drafts if d.object is not None and context.is_actor(d.object)}
    for draft in drafts:
        if draft.nominal or draft.chain is not None or not context.is_actor(draft.subject):
            continue
        if any(predicate == draft.predicate.i for predicate, _ in stated):
            continue
        for target in _targets(context, draft):
            yield replace(draft, object=target, inferred=True, rules=(*draft.rules, "inferred target"))


def _targets(context: Context, draft: Draft) -> list[Token]:
    if draft.object is not None:
        owner = _doer(context, draft.object) if is_word(draft.predicate, "target", detail="possessor") else None
        return [owner] if owner is not None and _can_be_aimed_at(context, draft, owner) else []
    if not is_word(draft.predicate, "target", detail="content"):
        return []
    found: dict[str, Token] = {}
    for token in _content(context, draft.predicate):
        entity = context.entity(token)
        if entity is not None and _can_be_aimed_at(context, draft, token):
            found.setdefault(entity.id, token)
    return list(found.values())[:MOST_TARGETS]


def _doer(context: Context, thing: Token) -> Token | None:
    """Whose act or demand a thing is: "attacks by X" and "X's demands" are, "attacks in X" and "the murder of X" not.

    Aid to somebody is kept from whom it is for, not from who gives it.
    """
    tree = context.tree
    phrases = [(preposition(tree, t), t) for t in tree.children(thing, "nmod") if context.entity(t)]
    by = next((t for words, t in phrases if words in ("by", "from")), None)
    if by is not None:
        return by
    if thing.lemma_.lower() in listed("victim noun") or any(words in ("to", "for") for words, _ in phrases):
        return None
    owner = owner_of(context, thing)
    if owner is None or not tree.label(owner).startswith("nmod") or tree.label(owner) == "nmod:poss":
        return owner
    return owner if preposition(tree, owner) == "of" and not is_word(thing, "event") else None


def _content(context: Context, predicate: Token) -> Iterator[Token]:
    """Who has a part in the clauses that a predicate governs; of warnings, demands and promises, in what is to come."""
    for clause in context.clauses.values():
        if governor(context.tree, clause.predicate) != predicate or clause.predicate.i < predicate.i:
            continue
        if _looks_ahead(predicate) and standing(context.doc, clause.predicate).modality == "asserted":
            continue
        yield from (t for t in context.tree.subtree(clause.predicate) if _has_a_part(context, t, clause.predicate))


def _looks_ahead(predicate: Token) -> bool:
    """Whether what a predicate governs is yet to come ("warn", "demand", "promise"), or has come about ("accuse")."""
    found = signature_of(predicate)
    return found is not None and found.nonfinite.modality != "asserted"


def _has_a_part(context: Context, token: Token, predicate: Token) -> bool:
    """Whether a word is an argument of a predicate or of a clause or event below it, not one of their attributes."""
    while token.i != predicate.i:
        head = context.tree.head(token)
        label = context.tree.label(token)
        belongs = is_event_noun(head) or preposition(context.tree, token) in ("of", "from")
        if label.split(":")[0] not in PARTS and not (label == "nmod" and belongs):
            return False
        token = head
    return True


def _can_be_aimed_at(context: Context, draft: Draft, target: Token) -> bool:
    """Whether a target can be addressed, as an actor with a name, and is somebody else than who acts."""
    entity = context.entity(target)
    named = entity is not None and (entity.kind in NAMED or (entity.kind == "group" and entity.wikidata is not None))
    return named and not _is_own(context, draft.subject, target)


def _is_own(context: Context, subject: Token, target: Token) -> bool:
    """Whether a target is the subject itself, its country, a part of either, or whose the subject is."""
    own, other = context.entity(subject), context.entity(target)
    if own is None or other is None or own.id == other.id:
        return True
    owner = owner_of(context, subject)
    if owner is not None and context.entity(owner) == other:
        return True
    same_country = own.country is not None and own.country == other.country
    return same_country or own.id == other.part_of or other.id == own.part_of
