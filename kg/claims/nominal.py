"""Claims of events that are told as nouns, with their actors.

"The invasion of Ukraine by Russia", "Russia's talks with NATO" and "US-Iran talks" make a claim of an event between two
actors. Who acts may stand by a word of number above the noun ("North Korea's series of launches"), or be the subject of
the clause in which it took place ("met in talks with", "is locked in a war with").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from spacy.tokens import Token

from kg.claims.arguments import is_location
from kg.claims.context import ArgumentDraft, Context, Draft, noun_draft
from kg.claims.lists import listed
from kg.grammar.clauses import preposition
from kg.grammar.noun_standing import word_standing
from kg.grammar.words import is_event_noun, is_word

ONE_SIDED = frozenset({"of", "against", "on", "into", "over", "from", "toward", "towards", "to", "with", "for", "at"})
# A place is not only where these happen, but to what they are done.
ON_PLACES = frozenset({"of", "against", "on", "into", "to"})
# In these an event takes place of which the clause tells: "said in a call with".
MEANWHILE = frozenset({"in", "during", "at", "after", "following", "before", "on"})


def nominal_drafts(context: Context) -> Iterator[Draft]:
    """The claims of every noun phrase, in order of the text."""
    for token in context.doc:
        if token.pos_ not in ("NOUN", "PROPN", "ADJ") or token.is_space:
            continue
        if not is_word(token, "role") and (token.pos_ == "NOUN" or is_event_noun(token)):
            yield from _of_event(context, token)


def _of_event(context: Context, noun: Token) -> Iterator[Draft]:
    """What two actors around a noun do to each other, or with each other."""
    if noun.i in context.mentions or is_word(noun, "relation") or not is_event_noun(noun):
        return
    if is_word(noun, "reciprocal"):
        yield from _of_reciprocal(context, noun)
    agents = _agents(context, noun)
    targets = list(_targets(context, noun))
    parts = {t.i for t in (*agents, *(target for _, target in targets))}
    for agent in agents[:2]:
        for words, target in targets:
            if context.entity(target) != context.entity(agent) and (words, target) != ("", agent):
                yield _event_draft(context, noun, agent, f"{noun.lemma_.lower()} {words}", target, parts=parts)
        if not targets:
            yield from _of_product(context, noun, agent)


def _of_product(context: Context, noun: Token, agent: Token) -> Iterator[Draft]:
    """What an actor launches, tests or sells, in the word before a noun: "North Korea's missile launches"."""
    if noun.lemma_.lower() not in listed("object noun"):
        return
    for thing in context.tree.children(noun, "compound"):
        if thing.i not in context.mentions and thing.pos_ == "NOUN":
            yield _event_draft(context, noun, agent, noun.lemma_.lower(), thing)


def _event_draft(
    context: Context, noun: Token, agent: Token, lemma: str, target: Token, *, parts: set[int] | None = None
) -> Draft:
    draft = noun_draft(noun, agent, lemma, target, rule="event noun", standing=word_standing(context.tree, noun))
    return replace(draft, arguments=tuple(_when_and_where(context, noun, parts or {agent.i, target.i})))


def _when_and_where(context: Context, noun: Token, others: set[int]) -> Iterator[ArgumentDraft]:
    """The time and place that a noun's own words give: "the attack on Tuesday near the border"."""
    for child in context.tree.children(noun, "nmod", "obl", "advmod"):
        if child.i in others:
            continue
        words = preposition(context.tree, child)
        if context.is_time(child, words):
            yield ArgumentDraft("time", child)
        elif words in listed("place preposition") and is_location(context, child):
            yield ArgumentDraft("place", child)


def _of_reciprocal(context: Context, noun: Token) -> Iterator[Draft]:
    """ "talks between A and B", also with the words apart ("talks have started between"), and "A-B talks"."""
    for parties in (_between(context, noun), _compounded(context, noun)):
        for first, second in combinations(parties[:3], 2):
            if context.entity(first) != context.entity(second):
                yield _event_draft(context, noun, first, f"{_plain(noun)} with", second)


def _plain(noun: Token) -> str:
    """Talks are spoken of in the plural."""
    plural = noun.lower_ in ("talks", "ties", "relations", "hostilities", "tensions")
    return noun.lower_ if plural else noun.lemma_.lower()


def _between(context: Context, noun: Token) -> list[Token]:
    tree = context.tree
    places = [noun]
    head = tree.head(noun)
    if head.i in context.clauses and tree.label(noun) in ("nsubj", "nsubj:pass", "obj"):
        places.append(head)
    places += [t for t in tree.children(noun, "acl", "amod") if t.tag_ in ("VBG", "VBN")]
    for place in places:
        for child in tree.children(place, "nmod", "obl"):
            if preposition(tree, child) in ("between", "among"):
                return [t for t in tree.conjuncts(child) if context.entity(t) is not None]
    return []


def _compounded(context: Context, noun: Token) -> list[Token]:
    """The actors written before a noun with a hyphen or "and": "US-Iran talks", "Russian-Turkish relations"."""
    tree = context.tree
    before = [t for c in tree.children(noun, "compound", "amod") for t in _with_compounds(context, c) if t.i < noun.i]
    return sorted((t for t in before if context.is_actor(t)), key=lambda t: t.i)


def _with_compounds(context: Context, token: Token) -> list[Token]:
    return [t for c in context.tree.conjuncts(token) for t in (c, *context.tree.children(c, "compound", "amod"))]


def _agents(context: Context, noun: Token) -> list[Token]:
    """Who does what a noun tells: its possessor, its nationality, "by X", else who is at it by the clause it is in."""
    found = [agent for place in _with_numbers(context, noun) for agent in _own_agents(context, place)]
    return found or _those_meanwhile(context, noun)


def _with_numbers(context: Context, noun: Token) -> Iterator[Token]:
    """A noun, and the words of number above it: "a number of launches"."""
    yield noun
    above = context.tree.head(noun)
    of = context.tree.label(noun) == "nmod" and preposition(context.tree, noun) == "of"
    if of and above.i not in context.mentions and above.lemma_.lower() in listed("noun of number"):
        yield above


def _own_agents(context: Context, noun: Token) -> list[Token]:
    tree = context.tree
    found = [t for t in tree.children(noun, "nmod:poss") if context.is_actor(t)]
    found += [t for t in tree.children(noun, "amod", "compound") if context.is_actor(t) and t.i < noun.i]
    leaves = noun.lemma_.lower() in listed("noun of leaving")
    found += [
        t for c in tree.children(noun, "nmod") if preposition(tree, c) in (("by",) if leaves else ("by", "from"))
        for t in tree.conjuncts(c) if context.is_actor(t)
    ]  # fmt: skip
    return found


def _those_meanwhile(context: Context, noun: Token) -> list[Token]:
    """The subjects of the clause in which two sides meet or fight: "aired his worries in a call with"."""
    clause = context.clauses.get(context.tree.head(noun).i)
    if clause is None or not is_word(noun, "reciprocal") or not context.tree.label(noun).startswith("obl"):
        return []
    if preposition(context.tree, noun) not in MEANWHILE:
        return []
    subjects = clause.subjects if not clause.passive or not clause.agents else clause.agents
    return [t for t in subjects if context.is_actor(t)]


def _targets(context: Context, noun: Token) -> Iterator[tuple[str, Token]]:
    tree = context.tree
    below = [*tree.children(noun, "nmod")]
    head = tree.head(noun)
    if (
        tree.label(noun) in ("obj", "obl") and head.i in context.clauses
    ):  # which of the two "with X" hangs on is a guess
        below += [t for t in tree.children(head, "obl") if t.i > noun.i and preposition(tree, t) in ("with", "against")]
    for child in below:
        words = preposition(tree, child)
        if words in ONE_SIDED & listed("relating preposition"):
            for target in tree.conjuncts(child):
                if context.is_actor(target) or (words in ON_PLACES and _is_place(context, target)):
                    yield words, target


def _is_place(context: Context, head: Token) -> bool:
    entity = context.entity(head)
    return entity is not None and entity.kind == "place"
