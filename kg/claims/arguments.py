"""The further arguments of a clause: when, where, under which condition, to what end, and with which preposition."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.claims.context import ArgumentDraft, Context
from kg.claims.lists import listed
from kg.grammar.clauses import Clause, marker, preposition
from kg.grammar.predicates import signature, signature_of
from kg.grammar.words import is_event_noun


def arguments_of(context: Context, clause: Clause) -> tuple[ArgumentDraft, ...]:
    """The further arguments of a clause, in order of the text."""
    found = [*_obliques(context, clause), *_adverbs(context, clause), *_clauses(context, clause)]
    found += [ArgumentDraft("to", recipient) for recipient in clause.recipients]
    return tuple(sorted(found, key=lambda a: a.head.i))


def _obliques(context: Context, clause: Clause) -> Iterator[ArgumentDraft]:
    for oblique in clause.obliques:
        if context.is_time(oblique.head, oblique.preposition):
            yield ArgumentDraft("time", oblique.head)
        elif oblique.preposition in listed("place preposition") and is_location(context, oblique.head):
            yield ArgumentDraft("place", oblique.head)
        elif oblique.preposition and signature(oblique.preposition, "phrase") is None:
            yield ArgumentDraft(oblique.preposition, oblique.head)


def is_location(context: Context, head: Token) -> bool:
    """Whether a phrase names a place itself, or by what it belongs to ("the Ukrainian border"); no actor is a place."""
    if context.is_actor(head) and not context.is_place(head):
        return False
    if context.is_place(head):
        return True
    if is_event_noun(head) or signature_of(head) is not None:
        return False  # "at the attack in Kyiv" is no place, though it has one
    below = context.tree.children(head, "amod", "compound", "nmod:poss")
    below += [t for t in context.tree.children(head, "nmod") if preposition(context.tree, t) in ("of", "in", "")]
    return any(context.is_place(t) for t in below)


def _adverbs(context: Context, clause: Clause) -> Iterator[ArgumentDraft]:
    for adverb in context.tree.children(clause.predicate, "advmod"):
        if adverb.lower_ in listed("deictic place"):
            yield ArgumentDraft("place", adverb)
        elif context.is_time(adverb):
            yield ArgumentDraft("time", adverb)
        elif context.open and adverb.lower_ not in listed("no argument"):
            yield ArgumentDraft("manner", adverb)


def _clauses(context: Context, clause: Clause) -> Iterator[ArgumentDraft]:
    for below in context.tree.children(clause.predicate, "advcl"):
        if listed("condition mark") & set(marker(context.tree, below).split()):
            yield ArgumentDraft("condition", below, is_clause=True)
