"""What somebody receives is done or given by somebody else: "Ghana received a warning from Nigeria".

The subject of "receive", "face" or "come under" is the one to whom it is done; who does it stands after "from" or "by".
An act that a noun names makes a claim of that noun; a thing that changes hands makes one of giving.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.claims.arguments import arguments_of
from kg.claims.context import Context, Draft
from kg.claims.lists import listed
from kg.grammar.clauses import Clause, preposition
from kg.grammar.words import is_event_noun, is_word

RECEIVED = "received"
DOERS = ("from", "by")
#: How an act that a noun names is directed at whom it is done to; others are done "to" somebody.
DIRECTED = {"attack": "on", "assault": "on", "raid": "on", "fire": "on", "strike": "on", "pressure": "on",
            "criticism": "of", "praise": "of", "condemnation": "of", "support": "for"}  # fmt: skip


def received_drafts(context: Context) -> Iterator[Draft]:
    """The claims of clauses whose subject receives what another does or gives, in order of the text."""
    for clause in context.clauses.values():
        verb = clause.predicate.lemma_.lower()
        if clause.passive or not clause.subjects:
            continue
        for thing in _things(context, clause, verb):
            doers = [t for t in _doers(context, clause, thing) if context.is_actor(t)]
            for doer in doers:
                for receiver in clause.subjects:
                    if context.is_actor(receiver) or context.is_place(receiver):
                        yield _draft(context, clause, thing, doer, receiver)


def _things(context: Context, clause: Clause, verb: str) -> Iterator[Token]:
    """What is received, or under what somebody comes."""
    if verb in listed("receiving verb") or verb in listed("suffering verb"):
        gives = verb in listed("receiving verb")
        yield from (t for t in clause.objects if is_act(t) or (gives and not context.is_actor(t)))
    if verb in listed("state under an act") or (clause.copula is not None and is_act(clause.predicate)):
        yield from (o.head for o in clause.obliques if o.preposition == "under" and is_act(o.head))
    if (
        clause.copula is not None
        and preposition(context.tree, clause.predicate) == "under"
        and is_act(clause.predicate)
    ):
        yield clause.predicate


def is_act(noun: Token) -> bool:
    """Whether a noun tells of what one does to another."""
    return is_event_noun(noun) or noun.lemma_.lower() == "fire"


def _doers(context: Context, clause: Clause, thing: Token) -> list[Token]:
    """Who gives or does it, below the thing or beside it: which of the two is a guess of the parse."""
    tree = context.tree
    below = [c for c in tree.children(thing, "nmod", "obl") if preposition(tree, c) in DOERS]
    found = [t for c in below for t in tree.conjuncts(c)]
    return found or [o.head for o in clause.obliques if o.preposition in DOERS and o.head.i != thing.i]


def _draft(context: Context, clause: Clause, thing: Token, doer: Token, receiver: Token) -> Draft:
    act = is_act(thing) and not is_word(thing, "reciprocal")
    noun = thing.lemma_.lower()
    lemma = f"{noun} {DIRECTED.get(noun, 'to')}" if act else f"give {thing.lower_} to"
    predicate = thing if act else clause.predicate
    return Draft(
        predicate=predicate,
        subject=doer,
        lemma=lemma,
        words=(predicate,),
        object=receiver,
        nominal=act,
        chain=clause.predicate if act else None,
        arguments=tuple(a for a in arguments_of(context, clause) if a.head.i not in (doer.i, thing.i)),
        rules=(RECEIVED,),
    )
