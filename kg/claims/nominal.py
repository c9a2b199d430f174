"""Claims of events that are told as nouns, with their actors.

"The invasion of Ukraine by Russia", "Russia's talks with NATO" and "US-Iran talks" make a claim of an event between two
actors.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from spacy.tokens import Token

from kg.claims.context import Context, Draft, noun_draft
from kg.claims.lists import listed
from kg.grammar.clauses import OBJECT_PREPOSITIONS, clauses, is_object_like, preposition
from kg.grammar.predicates import signature_of
from kg.grammar.standing import Standing, has_negative_determiner, standing
from kg.grammar.words import is_event_noun, is_word

ONE_SIDED = frozenset({"of", "against", "on", "into", "over", "from", "toward", "towards", "to", "with", "for", "at"})


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
    for agent in agents[:2]:
        for words, target in _targets(context, noun):
            if context.entity(target) != context.entity(agent) and (words, target) != ("", agent):
                yield _event_draft(context, noun, agent, f"{noun.lemma_.lower()} {words}", target)


def _event_draft(context: Context, noun: Token, agent: Token, lemma: str, target: Token) -> Draft:
    status = nominal_standing(context, noun)
    return noun_draft(noun, agent, lemma, target, rule="event noun", standing=status)


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
    """Who does what a noun tells: its possessor, its nationality, or "by X"."""
    tree = context.tree
    found = [t for t in tree.children(noun, "nmod:poss") if context.is_actor(t)]
    found += [t for t in tree.children(noun, "amod", "compound") if context.is_actor(t) and t.i < noun.i]
    found += [
        t for c in tree.children(noun, "nmod") if preposition(tree, c) in ("by", "from") for t in tree.conjuncts(c)
        if context.is_actor(t)
    ]  # fmt: skip
    return found


def _targets(context: Context, noun: Token) -> Iterator[tuple[str, Token]]:
    for child in context.tree.children(noun, "nmod"):
        words = preposition(context.tree, child)
        if words in ONE_SIDED & listed("relating preposition"):
            for head in context.tree.conjuncts(child):
                if context.is_actor(head):
                    yield words, head


def nominal_standing(context: Context, noun: Token) -> Standing:
    """How certain an event is that a noun tells of, by the words it stands under.

    What one fears is possible, what one plans or demands is to come, what one condemns has happened. An indefinite noun
    takes the modality of its clause; the subject of "started" or "took place" its polarity too.
    """
    tree = context.tree
    own = Standing("negative" if has_negative_determiner(tree, noun) else "positive")
    head = tree.head(noun)
    if head.i == noun.i:
        return own
    if noun.i in clauses(context.doc):
        return standing(context.doc, noun)
    found = signature_of(head)
    label = tree.label(noun)
    if head.i not in context.clauses:
        below = found is not None and label.startswith("nmod") and preposition(tree, noun) in OBJECT_PREPOSITIONS
        return own.under(found.nominal) if found is not None and below else own
    clause = standing(context.doc, head)
    if found is not None and is_object_like(tree, noun):
        denied = clause.polarity == "negative" and own.polarity == "positive"
        effect = found.effect(finite=True, negated=True) if denied else found.nominal
        return own.under(effect, clause.modality)
    carries = is_word(head, "scheduling") or is_word(head, "light")
    if carries and label.startswith(("nsubj", "obj")):
        return own.under_standing(clause)
    indefinite = any(t.lower_ in ("a", "an", "any") for t in tree.children(noun, "det"))
    return own.under_modality(clause.modality) if indefinite or context.clauses[head.i].copula is not None else own
