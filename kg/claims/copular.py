"""Claims of what somebody or something is: "is a member of NATO", "is ready for talks", "became president"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.claims.context import Context, Draft, replace_draft
from kg.grammar.clauses import Clause, Oblique, preposition
from kg.grammar.words import is_word

RELATING = frozenset(
    "with to into against from for on about at over toward towards of through upon onto under off between among as "
    "across near around within inside behind in".split()
)


def relates(context: Context, clause: Clause, oblique: Oblique) -> bool:
    """Whether a prepositional argument is what a predicate relates its subject to, rather than its time or scene."""
    if oblique.preposition not in RELATING or context.is_time(oblique.head, oblique.preposition):
        return False
    if oblique.head.i < clause.predicate.i and oblique.head != context.tree.head(clause.predicate):
        return False  # what comes before its verb sets the scene
    if oblique.preposition in ("between", "among") and any(is_word(s, "reciprocal") for s in clause.subjects):
        return False  # the talks between two are a claim of the noun
    return oblique.preposition not in ("in", "near", "around", "across", "within", "inside") or context.is_place(
        oblique.head
    )


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
        yield replace_draft(base, object=head, lemma=f"{verb}{words}")
    if not related or context.open:
        yield replace_draft(base, object=complement)


def related_to(context: Context, noun: Token) -> Iterator[tuple[str, Token]]:
    """The actors of whom a role or relation holds: "a NATO member", "ally of Iran", "Hungary's president"."""
    if not (is_word(noun, "role") or is_word(noun, "relation")):
        return
    name = role_name(context, noun)
    for label in ("nmod:poss", "amod", "compound", "nmod"):
        for child in context.tree.children(noun, label):
            words = preposition(context.tree, child) if label == "nmod" else "of"
            if words in RELATING:
                for head in context.tree.conjuncts(child):
                    if context.entity(head) is not None:
                        yield f"{name} {words}", head


def role_name(context: Context, noun: Token) -> str:
    """A role in full: "foreign minister", "secretary of state"."""
    tree = context.tree
    before = [
        t for t in tree.children(noun, "amod", "compound")
        if t.i < noun.i and t.i not in context.mentions and t.is_alpha and t.lower_ not in ("former", "new", "current")
        and (is_word(noun, "role") or t.pos_ == "NOUN")
    ]  # fmt: skip
    after = [
        t for t in tree.children(noun, "nmod")
        if preposition(tree, t) == "of" and t.i not in context.mentions and t.pos_ == "NOUN" and t.i == noun.i + 2
    ]  # fmt: skip
    words = [*(t.lower_ for t in before), noun.lemma_.lower(), *(f"of {t.lower_}" for t in after)]
    return " ".join(words)
