"""Claims that verbs make: who does what, to whom, with which further arguments.

A clause with an object makes one claim for each subject and object, and one more for each actor that a preposition
adds ("send weapons to"). A clause without an object makes a claim for each prepositional argument ("speak with").
Verbs that only shade another ("started to send", "tried to stop") make no claim of their own but join its relation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from kg.claims.arguments import arguments_of
from kg.claims.context import ArgumentDraft, Context, Draft
from kg.claims.words import is_event_noun, is_word
from kg.language.clauses import Clause, Oblique, governor, marker, preposition
from kg.language.predicates import PredicateClass, Signature, signature_of
from kg.language.quotations import quotation_at

JOINING: frozenset[PredicateClass] = frozenset(
    {"attempt", "desire", "commitment", "threat", "refusal", "decision", "cessation", "modal"}
)
SHADING: frozenset[PredicateClass] = frozenset({"aspectual", "implicative", "raising"})
ACTS_OF_THEIR_OWN: frozenset[PredicateClass] = frozenset({"desire", "commitment", "threat", "refusal", "decision"})
RELATING = frozenset(
    "with to into against from for on about at over toward towards of through upon onto under off between among as "
    "across near around within inside behind in".split()
)
DIRECTIONS = frozenset({"into", "out of"})
BARE_CERTAINTY = 0.9


@dataclass(frozen=True, slots=True)
class Chain:
    """Verbs that join a relation: the words before its lemma ("try to"), their tokens, and the topmost of them."""

    prefix: str
    words: tuple[Token, ...]
    top: Token
    is_act: bool


def verbal_drafts(context: Context) -> Iterator[Draft]:
    """The claims of every clause, in order of the text."""
    for clause in context.clauses.values():
        if not any(test(context, clause) for test in (_only_shades, _is_loose_quotation, _comments_on_the_sentence)):
            yield from _of_clause(context, clause)


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


def signature_kind(token: Token) -> PredicateClass | None:
    """The class of an embedding predicate, if a token is one."""
    found: Signature | None = signature_of(token)
    return found.kind if found else None


def _only_shades(context: Context, clause: Clause) -> bool:
    """Whether a verb does nothing but lead over to its infinitive."""
    verb = clause.predicate
    if verb.lemma_ == "be" and clause.copula is None:
        return True
    below = _joined_complement(context, verb)
    if below is None:
        return _is_try_and(context, verb)
    if clause.passive and signature_kind(verb) in ("speech", "belief", "desire", "request"):
        return not clause.agents
    return signature_kind(verb) in JOINING | SHADING or (verb.lemma_ in ("have", "go", "use") and not clause.objects)


def _joined_complement(context: Context, verb: Token) -> Token | None:
    """The infinitive or gerund below a verb that has the same subject."""
    for complement in context.tree.children(verb, "xcomp"):
        if complement.i in context.clauses and not context.tree.child(verb, "obj", "iobj"):
            return complement
    return None


def _is_try_and(context: Context, verb: Token) -> bool:
    following = context.tree.child(verb, "conj")
    return (
        signature_kind(verb) == "attempt" and following is not None and following.tag_ == verb.tag_ == "VB"
        and not context.tree.child(verb, "obj", "obl") and following.i - verb.i <= 3
    )  # fmt: skip


def chain_of(context: Context, predicate: Token) -> Chain | None:
    """The verbs above a predicate that join its relation."""
    above = governor(context.tree, predicate)
    head = context.tree.head(predicate)
    if context.tree.label(predicate) == "conj" and _is_try_and(context, head):
        return _chain(context, head, f"{head.lemma_} to ")
    if above is None or above.i > predicate.i:
        return None
    if above.pos_ == "NOUN" and context.tree.label(above) == "obj":
        return _noun_chain(context, predicate, above)
    if above.i not in context.clauses or _joined_complement(context, above) is None:
        return None
    kind = signature_kind(above)
    if kind in JOINING and not context.clauses[above.i].passive:
        link = "" if predicate.tag_ == "VBG" else "to "
        return _chain(context, above, f"{_lemma(context, above)} {link}")
    return chain_of(context, above) if kind in SHADING else None


def _chain(context: Context, verb: Token, prefix: str) -> Chain:
    upper = chain_of(context, verb)
    is_act = signature_kind(verb) in ACTS_OF_THEIR_OWN
    if upper is None:
        return Chain(prefix, (verb,), verb, is_act)
    return Chain(upper.prefix + prefix, (*upper.words, verb), upper.top, is_act or upper.is_act)


def _noun_chain(context: Context, predicate: Token, noun: Token) -> Chain | None:
    """A light verb with a noun that governs the clause: "expressed interest in solving", "made an attempt to"."""
    verb = context.tree.head(noun)
    kind = signature_kind(noun)
    if verb.i not in context.clauses or not is_word(verb, "light") or kind is None:
        return None
    link = marker(context.tree, predicate)
    act = kind in ACTS_OF_THEIR_OWN
    return Chain(f"{_lemma(context, verb)} {noun.lemma_} {link} ".replace("  ", " "), (verb, noun), verb, act)


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
    objects = () if agentless else clause.undergoers
    lemma = _relation_lemma(context, clause, chain, agentless)
    for subject in subjects:
        base = Draft(
            predicate=clause.predicate,
            subject=subject,
            lemma=lemma,
            words=_words(context, clause, chain),
            arguments=arguments_of(context, clause),
            governs=clause.predicate,
            chain=chain.top if chain else None,
            certainty=BARE_CERTAINTY if clause.inherited else 1.0,
            rules=_rules(clause, chain, agentless),
        )
        if clause.copula is not None:
            yield from _copular(context, clause, base)
        elif objects:
            for thing in objects:
                yield from _transitive(context, clause, base, thing)
        else:
            yield from _intransitive(context, clause, base)
        if not objects and subject.i == min(s.i for s in subjects):
            yield from _reciprocal(context, clause, base, subjects[1:])


def _rules(clause: Clause, chain: Chain | None, agentless: bool) -> tuple[str, ...]:
    names = ["copula" if clause.copula is not None else "verb"]
    names += ["passive without agent"] if agentless else ["passive"] if clause.passive else []
    names += ["shared subject"] if clause.inherited else []
    names += ["chain"] if chain else []
    return tuple(names)


def _lemma(context: Context, verb: Token) -> str:
    particle = context.tree.child(verb, "compound:prt")
    return verb.lemma_.lower() + (f" {particle.lower_}" if particle is not None else "")


def _relation_lemma(context: Context, clause: Clause, chain: Chain | None, agentless: bool) -> str:
    verb = clause.predicate
    prefix = chain.prefix if chain else ""
    particle = f" {clause.particle.lower_}" if clause.particle is not None else ""
    if agentless:
        return f"{prefix}be {verb.lower_}{particle}"
    if prefix.endswith("to ") or not prefix:
        return f"{prefix}{_lemma(context, verb)}"
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
        related = list(_related(context, thing))
        yield from (replace_draft(base, object=o, lemma=f"{base.lemma} {words}") for words, o in related)
        if related:
            return
    direction = _direction(context, clause) if context.is_actor(thing) else ""
    yield replace_draft(base, object=thing, lemma=base.lemma + direction)
    if context.is_actor(thing):
        return
    noun = thing.lower_
    for recipient in clause.recipients:
        yield replace_draft(base, object=recipient, lemma=f"{base.lemma} {noun} to", certainty=base.certainty * 0.9)
    for oblique in _attached(context, clause, thing):
        lemma = f"{base.lemma} {noun} {oblique.preposition}"
        yield replace_draft(base, object=oblique.head, lemma=lemma, certainty=base.certainty * 0.9)


def _attached(context: Context, clause: Clause, thing: Token) -> Iterator[Oblique]:
    """Actors that a preposition adds to a verb and its object, or to an object that carries the verb's meaning."""
    yield from (o for o in clause.obliques if o.preposition in RELATING and _is_party(context, o))
    if is_event_noun(thing) and is_word(clause.predicate, "light"):
        for head in context.tree.children(thing, "nmod"):
            words = preposition(context.tree, head)
            if words in RELATING:
                for conjunct in context.tree.conjuncts(head):
                    if context.is_actor(conjunct):
                        yield Oblique(words, conjunct)


def _is_party(context: Context, oblique: Oblique) -> bool:
    """Whether an actor is addressed or affected rather than where something happens."""
    where = ("in", "at", "near", "across", "around", "within", "inside", "through", "as")
    return context.is_actor(oblique.head) and oblique.preposition not in where


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
        yield from _predicative(context, base, complement)
        return
    candidates = [o for o in clause.obliques if _relates(context, clause, o)]
    for oblique in candidates:
        yield replace_draft(base, object=oblique.head, lemma=f"{base.lemma} {oblique.preposition}")
    if not candidates:
        yield base


def _relates(context: Context, clause: Clause, oblique: Oblique) -> bool:
    if oblique.preposition not in RELATING or context.is_time(oblique.head, oblique.preposition):
        return False
    if oblique.head.i < clause.predicate.i and oblique.head != context.tree.head(clause.predicate):
        return False  # what comes before its verb sets the scene
    if oblique.preposition in ("between", "among") and any(is_word(s, "reciprocal") for s in clause.subjects):
        return False  # the talks between two are a claim of the noun
    return oblique.preposition not in ("in", "near", "around", "across", "within", "inside") or context.is_place(
        oblique.head
    )


def _reciprocal(context: Context, clause: Clause, base: Draft, others: tuple[Token, ...]) -> Iterator[Draft]:
    """Coordinated subjects of a verb that takes two sides: "Iran and Iraq clashed"."""
    if is_word(clause.predicate, "reciprocal") and not any(o.preposition == "with" for o in clause.obliques):
        for other in others:
            if context.is_actor(base.subject) and context.is_actor(other):
                lemma = f"{base.lemma} with"
                yield replace_draft(base, object=other, lemma=lemma, rules=(*base.rules, "reciprocal"))


def _copular(context: Context, clause: Clause, base: Draft) -> Iterator[Draft]:
    predicate = clause.predicate
    if predicate.pos_ in ("NOUN", "PROPN"):
        yield from _predicative(context, replace_draft(base, lemma="be"), predicate)
        return
    if predicate.pos_ == "ADJ":
        lemma = f"be {predicate.lower_}"
        related = [o for o in clause.obliques if _relates(context, clause, o)]
        for oblique in related:
            yield replace_draft(base, object=oblique.head, lemma=f"{lemma} {oblique.preposition}")
        if not related:
            yield replace_draft(base, lemma=lemma)
        return
    if predicate.pos_ in ("PRON", "NUM"):
        return
    yield replace_draft(base, lemma=f"be {predicate.lower_}")


def _predicative(context: Context, base: Draft, complement: Token) -> Iterator[Draft]:
    """What somebody is or becomes: "is a member of NATO", "remained open"."""
    verb = "" if base.lemma == "be" else f"{base.lemma} "
    related = list(_related(context, complement))
    for words, head in related:
        yield replace_draft(base, object=head, lemma=f"{verb}{words}")
    if not related:
        yield replace_draft(base, object=complement)


def _related(context: Context, noun: Token) -> Iterator[tuple[str, Token]]:
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


def replace_draft(
    draft: Draft,
    *,
    object: Token | None = None,
    lemma: str | None = None,
    certainty: float | None = None,
    rules: tuple[str, ...] | None = None,
    arguments: tuple[ArgumentDraft, ...] | None = None,
) -> Draft:
    """A copy of a draft with other parts; the object is taken out of its further arguments."""
    kept = draft.arguments if arguments is None else arguments
    return replace(
        draft,
        object=object,
        lemma=draft.lemma if lemma is None else lemma,
        certainty=draft.certainty if certainty is None else certainty,
        rules=draft.rules if rules is None else rules,
        arguments=tuple(a for a in kept if object is None or a.head.i != object.i or a.role in ("time", "place")),
    )
