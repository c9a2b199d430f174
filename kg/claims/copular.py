"""Claims of what somebody or something is: "is a member of NATO", "is ready for talks", "became president"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from kg.claims.context import Context, Draft, replace_draft
from kg.claims.lists import listed
from kg.claims.offices import related_to
from kg.grammar.clauses import Clause, Oblique, preposition
from kg.grammar.words import is_word


def relates(context: Context, clause: Clause, oblique: Oblique) -> bool:
    """Whether a prepositional argument is what a predicate relates its subject to, rather than its time or scene."""
    if oblique.preposition not in listed("relating preposition") or context.is_time(oblique.head, oblique.preposition):
        return False
    if oblique.head.i < clause.predicate.i and oblique.head != context.tree.head(clause.predicate):
        return False  # what comes before its verb sets the scene
    if oblique.preposition in listed("pair preposition") and any(is_word(s, "reciprocal") for s in clause.subjects):
        return False  # the talks between two are a claim of the noun
    only_places = oblique.preposition in listed("place relation preposition")
    return not only_places or context.is_place(oblique.head)


def copular(context: Context, clause: Clause, base: Draft) -> Iterator[Draft]:
    """The claims of a clause with a copula: being something, somewhere, like something, or of some quality."""
    predicate = clause.predicate
    words = preposition(context.tree, predicate)
    if words and predicate.pos_ in ("NOUN", "PROPN", "PRON", "NUM"):
        yield replace_draft(base, object=predicate, lemma=f"be {words}")
        return
    if predicate.pos_ in ("NOUN", "PROPN"):
        yield from predicative(context, replace_draft(base, lemma="be"), predicate)
        return
    if predicate.pos_ == "ADJ":
        lemma = f"be {predicate.lower_}"
        related = [o for o in clause.obliques if relates(context, clause, o)]
        for oblique in related:
            yield replace_draft(base, object=oblique.head, lemma=f"{lemma} {oblique.preposition}")
        if not related:
            yield replace_draft(base, lemma=lemma)
        return
    if predicate.pos_ in ("PRON", "NUM"):
        if context.open:
            yield replace_draft(base, object=predicate, lemma="be")
        return
    yield replace_draft(base, lemma=f"be {predicate.lower_}")


def predicative(context: Context, base: Draft, complement: Token) -> Iterator[Draft]:
    """What somebody is or becomes: "is a member of NATO", "remained open"."""
    verb = "" if base.lemma == "be" else f"{base.lemma} "
    related = list(related_to(context, complement))
    for words, head in related:
        yield replace(replace_draft(base, object=head, lemma=f"{verb}{words}"), nominal=not verb)
    if not related or context.open:
        yield replace_draft(base, object=complement)
