"""Casualties of an act that nobody is named for: "twelve people were killed in a drone strike".

The act is what killed them: the claim has it as its subject, and those who died as its object, so that how many, where
and when are told of the act. Who died in an accident was killed by nobody.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.claims.arguments import arguments_of
from kg.claims.context import Context, Draft
from kg.claims.lists import listed
from kg.grammar.clauses import Clause, Oblique

CASUALTIES = "casualties"
THROUGH = frozenset({"in", "by", "during", "from", "after"})
HURT = frozenset({"kill", "slay", "massacre", "wound", "injure", "hurt", "maim", "displace"})
DIE = frozenset({"die", "perish"})


def casualty_drafts(context: Context) -> Iterator[Draft]:
    """The claims of acts that killed, wounded or displaced somebody, in order of the text."""
    for clause in context.clauses.values():
        verb = clause.predicate.lemma_.lower()
        passive = verb in HURT and clause.passive and not clause.agents
        if not passive and not (verb in DIE and not clause.passive):
            continue
        act = next((o for o in clause.obliques if o.preposition in THROUGH and _is_act(o.head)), None)
        for person in clause.subjects if act is not None else ():
            yield _draft(context, clause, act, person, "kill" if verb in DIE else verb)


def _draft(context: Context, clause: Clause, act: Oblique | None, person: Token, verb: str) -> Draft:
    assert act is not None  # asked for above
    words = [clause.predicate, *context.tree.children(clause.predicate, "aux", "aux:pass")]
    return Draft(
        predicate=clause.predicate,
        subject=act.head,
        lemma=verb,
        words=tuple(sorted(words, key=lambda t: t.i)),
        object=person,
        arguments=tuple(a for a in arguments_of(context, clause) if a.head.i != act.head.i),
        rules=(CASUALTIES,),
    )


def _is_act(head: Token) -> bool:
    """Whether a noun tells of an act of force: an armed thing that is an act, or a clash."""
    return head.lemma_.lower() in listed("act of force") or head.lower_ in listed("act of force")
