"""Claims that verbs make: who does what, to whom, with which further arguments.

A clause with an object makes one claim for each subject and object, and one more for each actor that a preposition
adds ("send weapons to"). A clause without an object makes a claim for each prepositional argument ("speak with").
Verbs that only shade another ("started to send", "tried to stop") make no claim of their own but join its relation.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.claims.arguments import arguments_of
from kg.claims.chains import Chain, chain_of, only_shades, verb_lemma
from kg.claims.context import Context, Draft, replace_draft
from kg.claims.copular import RELATING, copular, predicative, related_to, relates
from kg.grammar.clauses import Clause, Oblique, preposition
from kg.grammar.quotations import quotation_at
from kg.grammar.words import is_event_noun, is_word

SCENES = frozenset({"in", "at", "near", "across", "around", "within", "inside", "through", "as"})
DIRECTIONS = frozenset({"into", "out of"})


def verbal_drafts(context: Context) -> Iterator[Draft]:
    """The claims of every clause, in order of the text."""
    for clause in context.clauses.values():
        if context.open:
            yield from _existential(context, clause)
        if not any(test(context, clause) for test in (only_shades, _is_loose_quotation, _comments_on_the_sentence)):
            yield from _of_clause(context, clause)


def _existential(context: Context, clause: Clause) -> Iterator[Draft]:
    """ "There were protests in Paris": what there is, with where and when."""
    there = context.tree.child(clause.predicate, "expl")
    if there is None or there.lower_ != "there" or clause.predicate.lemma_ != "be":
        return
    arguments = arguments_of(context, clause)
    for thing in clause.subjects:
        yield Draft(
            predicate=clause.predicate, subject=there, lemma="be", words=_words(context, clause, None), object=thing,
            arguments=arguments, rules=("existential",),
        )  # fmt: skip


def _comments_on_the_sentence(context: Context, clause: Clause) -> bool:
    """Whether a clause with "which" is about all that was said before: "sent arms to Syria, which raised tensions"."""
    tree, verb = context.tree, clause.predicate
    which = next((t for t in tree.children(verb, "nsubj") if t.lower_ == "which"), None)
    if which is None or tree.label(verb) != "acl:relcl" or not is_word(verb, "effect"):
        return False
    antecedent = tree.head(verb)
    after_comma = context.doc[which.i - 1].text == ","
    return after_comma and tree.label(antecedent).startswith(("obl", "nmod")) and context.is_actor(antecedent)


def _is_loose_quotation(context: Context, clause: Clause) -> bool:
    """Whether a quoted fragment would only get a subject by taking the speaker outside the quotation for it."""
    quotation = quotation_at(context.doc, clause.predicate)
    return (
        clause.inherited and quotation is not None and quotation.speaker is not None
        and quotation.speaker in clause.subjects
    )  # fmt: skip


def _of_clause(context: Context, clause: Clause) -> Iterator[Draft]:
    chain = chain_of(context, clause.predicate)
    if chain is None:
        yield from _with_lemma(context, clause, None)
        return
    yield from _with_lemma(context, clause, chain)
    if chain.is_act:
        yield from _with_lemma(context, clause, None)


def _with_lemma(context: Context, clause: Clause, chain: Chain | None) -> Iterator[Draft]:
    agentless = clause.passive and not clause.agents
    subjects = clause.subjects if agentless else clause.doers
    retained = tuple(t for t in clause.objects if not context.is_time(t))  # "was awarded the contract"
    objects = retained if agentless else clause.undergoers
    lemma = _relation_lemma(context, clause, chain, agentless)
    for n, subject in enumerate(subjects):
        base = Draft(
            predicate=clause.predicate,
            subject=subject,
            lemma=lemma,
            words=_words(context, clause, chain),
            arguments=arguments_of(context, clause),
            governs=clause.predicate,
            chain=chain.top if chain else None,
            rules=_rules(clause, chain, agentless),
        )
        if clause.copula is not None:
            yield from copular(context, clause, base)
        elif objects:
            for thing in objects:
                yield from _transitive(context, clause, base, thing)
        else:
            yield from _intransitive(context, clause, base)
        if not objects and n == 0:
            yield from _reciprocal(context, clause, base, subjects[1:])


def _rules(clause: Clause, chain: Chain | None, agentless: bool) -> tuple[str, ...]:
    names = ["copula" if clause.copula is not None else "verb"]
    names += ["passive without agent"] if agentless else ["passive"] if clause.passive else []
    names += ["shared subject"] if clause.inherited else []
    names += ["chain"] if chain else []
    return tuple(names)


def _relation_lemma(context: Context, clause: Clause, chain: Chain | None, agentless: bool) -> str:
    verb = clause.predicate
    prefix = chain.prefix if chain else ""
    particle = f" {clause.particle.lower_}" if clause.particle is not None else ""
    if agentless:
        return f"{prefix}be {verb.lower_}{particle}"
    if prefix.endswith("to ") or not prefix:
        return f"{prefix}{verb_lemma(context, verb)}"
    return f"{prefix}{verb.lower_}{particle}"


def _words(context: Context, clause: Clause, chain: Chain | None) -> tuple[Token, ...]:
    """The words of the relation: the verb with its auxiliaries and particle, and those of its chain."""
    tree, verb = context.tree, clause.predicate
    words = [verb, *tree.children(verb, "aux", "aux:pass", "cop", "compound:prt")]
    words += [t for t in tree.children(verb, "advmod") if t.lower_ in ("not", "n't", "n’t", "never")]
    if chain is not None:
        words += [*chain.words, *tree.children(chain.top, "aux", "aux:pass")]
    return tuple(sorted({t.i: t for t in words}.values(), key=lambda t: t.i))


def _transitive(context: Context, clause: Clause, base: Draft, thing: Token) -> Iterator[Draft]:
    if is_word(clause.predicate, "becoming"):
        related = list(related_to(context, thing))
        yield from (replace_draft(base, object=o, lemma=f"{base.lemma} {words}") for words, o in related)
        if related:
            return
    direction = _direction(context, clause) if context.is_actor(thing) else ""
    yield replace_draft(base, object=thing, lemma=base.lemma + direction)
    if context.is_actor(thing):
        return
    noun = thing.lower_
    for recipient in clause.recipients:
        yield replace_draft(base, object=recipient, lemma=f"{base.lemma} {noun} to", rules=(*base.rules, "third party"))
    for oblique in _attached(context, clause, thing):
        lemma = f"{base.lemma} {noun} {oblique.preposition}"
        yield replace_draft(base, object=oblique.head, lemma=lemma, rules=(*base.rules, "third party"))


def _attached(context: Context, clause: Clause, thing: Token) -> Iterator[Oblique]:
    """Actors that a preposition adds to a verb and its object, or to an object that carries the verb's meaning."""
    yield from (o for o in clause.obliques if o.preposition in RELATING and _is_party(context, o))
    if is_event_noun(thing) and is_word(clause.predicate, "light"):
        for head in context.tree.children(thing, "nmod"):
            words = preposition(context.tree, head)
            if words in RELATING:
                for conjunct in context.tree.conjuncts(head):
                    if context.open or context.is_actor(conjunct):
                        yield Oblique(words, conjunct)


def _is_party(context: Context, oblique: Oblique) -> bool:
    """Whether an actor is addressed or affected rather than where something happens."""
    return context.is_actor(oblique.head) and oblique.preposition not in SCENES


def _direction(context: Context, clause: Clause) -> str:
    """Where an actor is drawn or driven, which the verb alone does not tell ("drag … into war")."""
    for oblique in clause.obliques:
        if oblique.preposition in DIRECTIONS and not context.is_time(oblique.head):
            entity = context.entity(oblique.head)
            name = entity.name if entity else oblique.head.lemma_.lower()
            return f" {oblique.preposition} {name}"
    return ""


def _intransitive(context: Context, clause: Clause, base: Draft) -> Iterator[Draft]:
    complement = next((t for t in context.tree.children(clause.predicate, "xcomp") if t.i not in context.clauses), None)
    if complement is not None and complement.pos_ in ("NOUN", "PROPN", "ADJ"):
        yield from predicative(context, base, complement)
        return
    for recipient in clause.recipients:
        yield replace_draft(base, object=recipient)
    if clause.recipients:
        return
    candidates = [o for o in clause.obliques if relates(context, clause, o)]
    for oblique in candidates:
        yield replace_draft(base, object=oblique.head, lemma=f"{base.lemma} {oblique.preposition}")
    if not candidates:
        yield base


def _reciprocal(context: Context, clause: Clause, base: Draft, others: tuple[Token, ...]) -> Iterator[Draft]:
    """Coordinated subjects of a verb that takes two sides: "Iran and Iraq clashed"."""
    if is_word(clause.predicate, "reciprocal") and not any(o.preposition == "with" for o in clause.obliques):
        for other in others:
            if context.is_actor(base.subject) and context.is_actor(other):
                lemma = f"{base.lemma} with"
                yield replace_draft(base, object=other, lemma=lemma, rules=(*base.rules, "reciprocal"))
