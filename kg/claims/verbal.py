"""Claims that verbs make: who does what, to whom, with which further arguments.

A clause with an object makes one claim for each subject and object, and one more for each actor that a preposition
adds ("send weapons to"). A clause without an object makes a claim for each prepositional argument ("speak with").
Verbs that only shade another ("started to send", "tried to stop") make no claim of their own but join its relation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from kg.claims.arguments import arguments_of
from kg.claims.chains import Chain, chain_of, only_shades, verb_lemma
from kg.claims.concerns import is_armed
from kg.claims.context import Context, Draft, replace_draft
from kg.claims.copular import copular, predicative, relates
from kg.claims.lists import listed
from kg.claims.offices import related_to
from kg.claims.participants import is_part_of
from kg.grammar.attribution import quotation_at
from kg.grammar.clauses import Clause, Oblique, preposition
from kg.grammar.words import is_event_noun, is_word


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
        and quotation.speaker in clause.subjects and chain_of(context, clause.predicate) is None
    )  # fmt: skip


def _of_clause(context: Context, clause: Clause) -> Iterator[Draft]:
    chain = chain_of(context, clause.predicate)
    if chain is None:
        yield from _with_lemma(context, clause, None)
        return
    yield from _with_lemma(context, clause, chain)
    if chain.is_act:
        yield from _with_lemma(context, clause, None)


def _of_cause(context: Context, clause: Clause, base: Draft) -> Iterator[Draft]:
    """What a passive without an agent was done by: "twelve people were killed in a drone strike"."""
    for oblique in clause.obliques:
        cause = oblique.preposition in listed("preposition of a cause") and is_armed(oblique.head)
        if cause and oblique.head.i > clause.predicate.i and clause.predicate.lemma_.lower() in listed("harming verb"):
            rules = tuple("cause" if rule == "passive without agent" else rule for rule in base.rules)
            lemma = verb_lemma(context, clause.predicate)
            made = replace_draft(base, object=base.subject, lemma=lemma, rules=rules)
            yield replace(made, subject=oblique.head)


def _with_lemma(context: Context, clause: Clause, chain: Chain | None) -> Iterator[Draft]:
    agentless = clause.passive and not clause.agents
    subjects = clause.subjects if agentless else clause.doers
    retained = tuple(t for t in clause.objects if not context.is_time(t))  # "was awarded the contract"
    objects = retained if agentless else clause.undergoers
    lemma = _relation_lemma(context, clause, chain, agentless)
    for n, subject in enumerate(_distinct(context, subjects)):
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
        if agentless and chain is None:
            yield from _of_cause(context, clause, base)
        if clause.copula is not None:
            yield from copular(context, clause, base)
        elif clause.passive and not agentless and retained:
            yield from _handed(base, retained, objects)
        elif objects:
            for thing in objects:
                yield from _transitive(context, clause, base, thing)
        else:
            yield from _intransitive(context, clause, base)
        if n == 0 and clause.copula is None and not clause.passive:
            yield from _reciprocal(context, clause, base, subjects[1:])


def _distinct(context: Context, heads: tuple[Token, ...]) -> tuple[Token, ...]:
    """Coordinated heads, those of one entity once: a name and its apposition may be parsed as two."""
    found: dict[str, Token] = {}
    for head in heads:
        entity = context.entity(head)
        found.setdefault(entity.id if entity else f"token {head.i}", head)
    return tuple(found.values())


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
    if context.is_actor(thing):
        rest = _complement(context, clause, thing) or _direction(context, clause)
        yield replace_draft(base, object=thing, lemma=base.lemma + rest)
    else:
        yield replace_draft(base, object=thing)
    yield from _third_parties(context, clause, base, thing)


def _handed(base: Draft, things: tuple[Token, ...], recipients: tuple[Token, ...]) -> Iterator[Draft]:
    """What a passive with an agent keeps as its object, and who got it: "Chad was handed a warning by France"."""
    for thing in things:
        yield replace_draft(base, object=thing)
        for recipient in recipients:
            lemma = f"{base.lemma} {thing.lower_} to"
            yield replace_draft(base, object=recipient, lemma=lemma, rules=(*base.rules, "third party"))


def _third_parties(context: Context, clause: Clause, base: Draft, thing: Token) -> Iterator[Draft]:
    """Whom a verb and its object are done to: "sent weapons to Chad", "recalled its ambassador from Bolivia"."""
    own = is_part_of(context, thing, base.subject) or is_event_noun(thing) or _is_nameless(context, thing)
    if context.is_actor(thing) and not own:
        return
    noun = thing.lower_
    for recipient in clause.recipients:
        yield replace_draft(base, object=recipient, lemma=f"{base.lemma} {noun} to", rules=(*base.rules, "third party"))
    for oblique in _attached(context, clause, thing):
        lemma = f"{base.lemma} {noun} {oblique.preposition}"
        yield replace_draft(base, object=oblique.head, lemma=lemma, rules=(*base.rules, "third party"))


def _is_nameless(context: Context, thing: Token) -> bool:
    """Whether people are named by what they are alone: "troops", "two prisoners"."""
    mention = context.mentions.get(thing.i)
    return mention is not None and mention.type == "nominal" and not mention.entity.startswith("Q")


def _attached(context: Context, clause: Clause, thing: Token) -> Iterator[Oblique]:
    """Actors that a preposition adds to a verb and its object, or to an object that carries the verb's meaning."""
    relating = listed("relating preposition") - listed("pair preposition")
    condemned = is_word(clause.predicate, "target", detail="possessor") and is_event_noun(thing)
    if not condemned:  # "condemned the attacks on Chad" does nothing to Chad
        yield from (o for o in clause.obliques if o.preposition in relating and _is_party(context, clause, o))
    serving = context.is_actor(thing) and not is_event_noun(thing)
    if not serving and not (is_event_noun(thing) and is_word(clause.predicate, "light")):
        return
    for head in context.tree.children(thing, "nmod"):
        words = preposition(context.tree, head)
        if words in relating and not (serving and words in listed("scene preposition") | {"of"}):
            for conjunct in context.tree.conjuncts(head):
                goal = context.is_place(conjunct) and words in listed("preposition of a goal")
                if context.open or goal or context.is_actor(conjunct):
                    yield Oblique(words, conjunct)


def _is_party(context: Context, clause: Clause, oblique: Oblique) -> bool:
    """Whether an actor is addressed or affected, rather than where something happens or who else is named.

    What comes before its verb sets the scene ("Under President Milei, …"), a "with" after a comma adds to it ("…, with
    advisers in Chad"), and the parties of "between" are a pair, of which the noun makes a claim.
    """
    place = context.is_place(oblique.head) and oblique.preposition in listed("preposition of a goal")
    if not (context.is_actor(oblique.head) or place) or oblique.preposition in listed("pair preposition"):
        return False
    if oblique.preposition == "at" and clause.predicate.lemma_.lower() in listed("aiming verb"):
        return True
    if oblique.preposition in listed("scene preposition") or oblique.head.i < clause.predicate.i:
        return False
    case = context.tree.child(oblique.head, "case")
    return oblique.preposition != "with" or case is None or context.doc[case.i - 1].text != ","


def _complement(context: Context, clause: Clause, thing: Token) -> str:
    """What a verb makes or takes its object for, or gives it: "sees Ethiopia as a threat", "supply Kurds with rifles".

    Without it the relation would say another thing: seeing somebody, supplying somebody.
    """
    verb = clause.predicate.lemma_.lower()
    for oblique in clause.obliques:
        if oblique.head.i < thing.i or context.is_time(oblique.head) or oblique.head.i in context.named:
            continue
        given = oblique.preposition == "with" and verb in listed("provision verb")
        taken_for = oblique.preposition == "as" and verb in listed("appraisal verb")
        if given or taken_for:
            return f" {oblique.preposition} {_with_modifier(context, oblique.head)}"
    for below in context.tree.children(clause.predicate, "xcomp"):
        made = (
            below.pos_ in ("NOUN", "PROPN", "ADJ")
            and below.i > thing.i
            and not context.tree.child(below, "mark", "cop")
        )
        if made and below.i not in context.named:
            as_what = " as" if preposition(context.tree, below) == "as" else ""
            return f"{as_what} {_with_modifier(context, below)}"
    return ""


def _with_modifier(context: Context, noun: Token) -> str:
    """A noun with the word before it that says of what kind it is: "terrorist group"."""
    before = context.doc[noun.i - 1]
    kind = before in context.tree.children(noun, "compound", "amod") and before.i not in context.named
    return f"{before.lower_} {noun.lower_}" if kind and before.is_alpha else noun.lower_


def _direction(context: Context, clause: Clause) -> str:
    """Where an actor is drawn or driven, which the verb alone does not tell ("drag … into war")."""
    for oblique in clause.obliques:
        if oblique.preposition in listed("direction preposition") and not context.is_time(oblique.head):
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
    """Coordinated subjects of what takes two sides: "Iran and Iraq clashed", "Peru and Bolivia signed an agreement"."""
    shared = next((t for t in clause.objects if is_word(t, "reciprocal")), None)
    of_object = shared is not None and is_word(clause.predicate, "light") and not context.tree.child(shared, "nmod")
    if not of_object and (clause.objects or not _is_with_each_other(context, clause)):
        return
    if any(o.preposition == "with" for o in clause.obliques):
        return
    noun = f" {shared.lower_}" if shared is not None else ""
    for other in others:
        two = context.entity(base.subject) != context.entity(other)
        if two and context.is_actor(base.subject) and context.is_actor(other):
            lemma = f"{base.lemma}{noun} with"
            yield replace_draft(base, object=other, lemma=lemma, rules=(*base.rules, "reciprocal"))


def _is_with_each_other(context: Context, clause: Clause) -> bool:
    """Whether what several do is done to one another; two who speak at a summit speak to its audience."""
    if not is_word(clause.predicate, "reciprocal"):
        return False
    if clause.predicate.lemma_.lower() not in listed("word of speaking"):
        return True
    bare = clause.predicate.tag_ == "VBG" and not context.tree.child(clause.predicate, "aux")
    return not bare and not any(o.preposition in listed("audience preposition") for o in clause.obliques)
