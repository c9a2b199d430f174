"""Noun phrases to participants: the words, their span, and the entity, made for things that are no actors."""

from __future__ import annotations

from spacy.tokens import Token

from kg.claims.context import Context
from kg.claims.lists import listed
from kg.model import Entity, Participant, Span, content_id

LOOSE = (
    "acl:relcl", "acl", "appos", "parataxis", "advcl", "dep", "list", "discourse", "cop", "nsubj", "mark", "aux", "obl",
    "ccomp", "xcomp",
)  # fmt: skip
LOOSE_AT_THE_TOP = frozenset({"conj", "cc", "punct"})
PRONOUN_TAGS = frozenset({"PRP", "PRP$", "WP", "WDT", "WP$", "EX", "WRB"})
NAME_LIMIT = 80


def phrase(context: Context, head: Token) -> list[Token]:
    """The tokens of the noun phrase with this head: one unbroken run, without relative clauses, appositions, conjuncts
    and the preposition before it.

    Punctuation inside the run stays, punctuation at its ends goes.
    """
    tree = context.tree
    inside = {t.i for t in tree.subtree(head, without=LOOSE)} - {t.i for t in _leading_words(context, head)}
    inside -= {t.i for child in tree.children(head, *LOOSE_AT_THE_TOP) for t in tree.subtree(child)}
    start = end = head.i
    doc = context.doc
    while start > 0 and (start - 1 in inside or _bridges(doc[start - 1], inside, -1)):
        start -= 1
    while end + 1 < len(doc) and (end + 1 in inside or _bridges(doc[end + 1], inside, +1)):
        end += 1
    while start < head.i and _cannot_begin(doc[start]):
        start += 1
    while end > head.i and (doc[end].is_punct or doc[end].is_space):
        end -= 1
    return list(doc[start : end + 1])


def _cannot_begin(token: Token) -> bool:
    """Whether no noun phrase begins with a token: punctuation, and what only leads to one."""
    return token.is_punct or token.is_space or token.pos_ in ("ADP", "CCONJ") or token.tag_ == "TO"


def _leading_words(context: Context, head: Token) -> list[Token]:
    cases = [t for t in context.tree.children(head, "case") if t.i < head.i]
    return [t for case in cases for t in context.tree.subtree(case)]


def _bridges(token: Token, inside: set[int], step: int) -> bool:
    """Whether punctuation stands between two words of the phrase."""
    neighbour = token.i + step
    while 0 <= neighbour < len(token.doc) and (token.doc[neighbour].is_punct or token.doc[neighbour].is_space):
        if token.doc[neighbour].is_sent_start or "\n" in token.doc[neighbour].text:
            return False
        neighbour += step
    return (token.is_punct or token.is_space) and token.text not in (",", ";", ":", ".") and neighbour in inside


def span_of(tokens: list[Token]) -> Span:
    """The character span from the first to the last of some tokens."""
    return Span(tokens[0].idx, tokens[-1].idx + len(tokens[-1]))


class Participants:
    """Makes participants of noun phrases, and collects the things among them."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.things: dict[str, Entity] = {}

    def make(self, head: Token, *, inferred: bool = False) -> Participant:
        """The participant that a noun phrase with this head names."""
        tokens = phrase(self.context, head)
        span = span_of(tokens)
        entity = self.context.entity(head) or self._thing(head, tokens)
        return Participant(
            text=span.of(self.context.text), span=span, entity=entity.id, name=entity.name, kind=entity.kind,
            inferred=inferred,
        )  # fmt: skip

    def _thing(self, head: Token, tokens: list[Token]) -> Entity:
        """The thing that a phrase names; an unresolved pronoun is nothing but itself."""
        name = _name(tokens) or head.text
        scope = (self.context.article.id, head.idx) if is_unresolved_pronoun(self.context, head) else ()
        entity = Entity(
            id="x" + content_id("entity", "thing", name.casefold(), *scope), kind="thing", name=name,
            part_of=self._owner(head),
        )  # fmt: skip
        self.things[entity.id] = entity
        return entity

    def _owner(self, head: Token) -> str | None:
        owner = owner_of(self.context, head)
        entity = self.context.entity(owner) if owner is not None else None
        return entity.id if entity else None


def _name(tokens: list[Token]) -> str:
    """What a thing is called: its words without determiners in front and without quotation marks."""
    determiners = listed("determiner")
    first = next((n for n, t in enumerate(tokens) if t.lower_ not in determiners), 0)
    first = 0 if tokens[first].lower_ == "of" else first  # "some of them"
    text = "".join(t.whitespace_ if _is_wrapping(t) else t.text_with_ws for t in tokens[first:])
    return " ".join(text.split())[:NAME_LIMIT].strip()


def _is_wrapping(token: Token) -> bool:
    """Whether a token only sets off words: a quotation mark or bracket, but no apostrophe of an owner."""
    return (token.is_quote or token.is_bracket) and token.tag_ != "POS"


def owner_of(context: Context, head: Token) -> Token | None:
    """The actor that a thing belongs to: its possessor, its nationality ("Russian demands"), or "of X", "by X"."""
    for label in ("nmod:poss", "amod", "compound", "nmod"):
        for child in context.tree.children(head, label):
            if context.is_actor(child) and (label != "nmod" or context.tree.child(child, "case") is not None):
                return child
    return None


def is_part_of(context: Context, thing: Token, whole: Token) -> bool:
    """Whether an actor is a part of another or serves it: "its troops", "his ambassador", "its alliance"."""
    part, other = context.entity(thing), context.entity(whole)
    if part is None or other is None:
        return False
    owner = owner_of(context, thing)
    owned = owner is not None and context.entity(owner) == other
    return owned or part.part_of == other.id


def is_unresolved_pronoun(context: Context, head: Token) -> bool:
    """Whether a head is a pronoun that was resolved to nothing."""
    return head.i not in context.mentions and (head.tag_ in PRONOUN_TAGS or head.pos_ == "PRON")
