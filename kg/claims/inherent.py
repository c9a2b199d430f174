"""Claims that noun phrases make by being put together, kept in open mode.

"Macron, the president" makes one of being, "Iran's navy" one of having, "the base in Syria" one of being somewhere,
"two bridges" one of number. No verb says so; the relation's words are those of the noun that does.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.claims.context import Context, Draft, noun_draft
from kg.claims.lists import listed
from kg.grammar.clauses import preposition
from kg.grammar.words import is_word

NAMING_LABELS = ("nmod:desc", "compound", "flat")
NOUNS = frozenset({"NOUN", "PROPN"})


def inherent_drafts(context: Context) -> Iterator[Draft]:
    """The claims of noun phrases without a verb, in order of the text."""
    for noun in context.doc:
        if noun.pos_ in NOUNS:
            yield from _appositions(context, noun)
            yield from _titles(context, noun)
            yield from _possessions(context, noun)
            yield from _locations(context, noun)
            yield from _quantities(context, noun)


def _appositions(context: Context, noun: Token) -> Iterator[Draft]:
    """ "Erasistratus, the doctor" is him; "Hoboken, New Jersey" is in it."""
    for other in context.tree.children(noun, "appos"):
        if other.pos_ not in NOUNS or context.is_time(other):
            continue
        located = context.is_place(noun) and context.is_place(other)
        yield noun_draft(other, noun, "be in" if located else "be", other, rule="apposition")


def _titles(context: Context, noun: Token) -> Iterator[Draft]:
    """ "President Orban" is a president."""
    for title in context.tree.children(noun, *NAMING_LABELS):
        if noun.pos_ == "PROPN" and title.i < noun.i and is_word(title, "role"):
            yield noun_draft(title, noun, "be", title, rule="title")


def _possessions(context: Context, noun: Token) -> Iterator[Draft]:
    """ "Iran's navy" is had by Iran."""
    for owner in context.tree.children(noun, "nmod:poss"):
        if owner.pos_ in NOUNS and not context.is_time(owner):
            for each in context.tree.conjuncts(owner):
                yield noun_draft(noun, each, "have", noun, rule="possession")


def _locations(context: Context, noun: Token) -> Iterator[Draft]:
    """ "The base in Syria" is in Syria."""
    for place in context.tree.children(noun, "nmod"):
        words = preposition(context.tree, place)
        if words in listed("locating preposition") and context.is_place(place):
            for each in context.tree.conjuncts(place):
                yield noun_draft(noun, noun, f"be {words}", each, rule="location")


def _quantities(context: Context, noun: Token) -> Iterator[Draft]:
    """ "Two bridges" number two."""
    for number in context.tree.children(noun, "nummod"):
        if number.i < noun.i and number.pos_ == "NUM" and not (context.is_time(noun) or noun.is_currency):
            yield noun_draft(number, noun, "number", number, rule="quantity")
