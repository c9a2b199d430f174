"""Chains: verbs that only shade another join its relation ("started to send", "made an attempt to")."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from kg.claims.context import Context
from kg.grammar.clauses import Clause, governor, marker
from kg.grammar.negation import is_pending
from kg.grammar.predicates import PredicateClass, Signature, signature_of
from kg.grammar.words import is_word

JOINING: frozenset[PredicateClass] = frozenset(
    {"attempt", "desire", "commitment", "threat", "refusal", "decision", "cessation", "modal"}
)
SHADING: frozenset[PredicateClass] = frozenset({"aspectual", "implicative", "raising"})
ACTS_OF_THEIR_OWN: frozenset[PredicateClass] = frozenset({"desire", "commitment", "threat", "refusal", "decision"})


@dataclass(frozen=True, slots=True)
class Chain:
    """Verbs that join a relation: the words before its lemma ("try to"), their tokens, and the topmost of them."""

    prefix: str
    words: tuple[Token, ...]
    top: Token
    is_act: bool


def signature_kind(token: Token) -> PredicateClass | None:
    """The class of an embedding predicate, if a token is one."""
    found: Signature | None = signature_of(token)
    return found.kind if found else None


def only_shades(context: Context, clause: Clause) -> bool:
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
    if is_pending(context.tree, predicate):
        return None
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
        return _chain(context, above, f"{verb_lemma(context, above)} {link}")
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
    return Chain(f"{verb_lemma(context, verb)} {noun.lemma_} {link} ".replace("  ", " "), (verb, noun), verb, act)


def verb_lemma(context: Context, verb: Token) -> str:
    """A verb with its particle: "carry out"."""
    particle = context.tree.child(verb, "compound:prt")
    return verb.lemma_.lower() + (f" {particle.lower_}" if particle is not None else "")
