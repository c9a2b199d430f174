"""Claims that noun phrases make: offices and titles, and events told as nouns with their actors.

"Hungarian President Orban" and "Blinken, the US secretary of state" make a claim of an office; "the invasion of Ukraine
by Russia", "Russia's talks with NATO" and "US-Iran talks" make one of an event or relation between two actors.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from spacy.tokens import Token

from kg.claims.context import Context, Draft, noun_draft
from kg.claims.copular import RELATING, role_name
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
        if is_word(token, "role"):
            yield from _of_role(context, token)
        elif token.pos_ == "NOUN" or is_event_noun(token):
            yield from _of_event(context, token)


def _of_role(context: Context, role: Token) -> Iterator[Draft]:
    """The office that a title or apposition gives a person."""
    holder = _holder(context, role)
    if holder is None:
        return
    for body, words in _bodies(context, role, holder):
        lemma, status = f"{role_name(context, role)} {words}", _standing_of_title(role)
        yield noun_draft(role, holder, lemma, body, rule="title", standing=status, in_own_voice=True)


def _standing_of_title(role: Token) -> Standing:
    """A former office is one that is no longer held."""
    before = {t.lower_ for t in role.doc[max(role.sent.start, role.i - 3) : role.i]}
    return Standing("negative" if before & {"former", "ex", "then", "late"} else "positive")


def _holder(context: Context, role: Token) -> Token | None:
    """The person who bears a title: named after it, set beside it, or the subject of "is"."""
    tree = context.tree
    head = tree.head(role)
    if tree.label(role) in ("nmod:desc", "compound", "appos", "flat", "amod", "nmod") and _is_person(context, head):
        return head
    named = next((t for t in tree.children(role, "appos", "flat", "compound") if _is_person(context, t)), None)
    return named or _name_behind(context, role)


def _name_behind(context: Context, role: Token) -> Token | None:
    """The name set off by a comma behind a title of the same person, where the parse hangs it elsewhere."""
    entity = context.entity(role)
    if entity is None or context.doc[role.i + 1 : role.i + 2].text != ",":
        return None
    behind = context.doc[role.i + 2 : role.i + 5]
    return next((t for t in behind if context.entity(t) == entity and _is_person(context, t)), None)


def _is_person(context: Context, token: Token) -> bool:
    entity = context.entity(token)
    return entity is not None and entity.kind == "person" and context.mentions[token.i].type == "name"


def _bodies(context: Context, role: Token, holder: Token) -> Iterator[tuple[Token, str]]:
    """The countries and organisations in which an office is held; those before a title hang on its bearer."""
    tree = context.tree
    seen: set[int] = set()
    for parent in (role, holder):
        for child in tree.children(parent, "nmod:poss", "amod", "compound", "nmod", "nmod:desc"):
            inside_title = parent.i == role.i or child.i < role.i
            words = preposition(tree, child)
            if child.i in seen or not inside_title or words not in ("", "of", "to", "for", "at"):
                continue
            for body in tree.conjuncts(child):
                entity = context.entity(body)
                if entity is not None and entity.kind in ("country", "organization", "place"):
                    seen.add(body.i)
                    yield body, words or "of"


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
        if words in ONE_SIDED & RELATING:
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
