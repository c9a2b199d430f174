"""The words that deny a clause: "not", "no troops", "without", "has yet to", "nearly"."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from kg.grammar.clauses import first_conjunct, marker, nobody_but
from kg.grammar.predicates import signature
from kg.grammar.rules import Registry, step
from kg.grammar.tree import Tree

STAGE = "negation"
Denial = tuple[str, str]
Negation = Callable[[Tree, Token], Denial | None]
"""Gives what kind of words deny a clause, and the words; None if it is not denied so."""

NOBODY = frozenset({"nobody", "none", "nothing", "no-one"})
NEGATIVE_DETERMINERS = frozenset({"no", "neither"})
DENYING_MARKS = ("without", "rather than", "instead of")
PENDING = frozenset({"have", "be", "remain"})


@step(STAGE, example="Iran did not attack Iraq.", gives="Iran | attack | Iraq | negative ground=not")
def negator(tree: Tree, predicate: Token) -> Denial | None:
    """Deny a clause with "not", "never", "hardly" or the like."""
    for child in tree.children(predicate, "advmod", "cc:preconj"):
        if _kind(child) == "negator":
            return "not", child.lower_
        if child.lower_ == "longer" and any(t.lower_ == "no" for t in tree.children(child)):
            return "not", "no longer"
    return None


@step(STAGE, example="Iran nearly attacked Iraq.", gives="Iran | attack | Iraq | negative ground=nearly")
def approximator(tree: Tree, predicate: Token) -> Denial | None:
    """Deny a clause with "almost" or "nearly": what nearly happened did not."""
    for child in tree.children(predicate, "advmod"):
        if _kind(child) == "approximator" and child.i < predicate.i:
            return "not", child.lower_
    return None


@step(STAGE, example="Iran neither attacked Iraq nor left Kuwait.", gives="Iran | leave | Kuwait | negative")
def nor(tree: Tree, predicate: Token) -> Denial | None:
    """Deny a clause with "nor", also where the verb before it is denied and lends it its auxiliaries."""
    joined = any(t.lower_ == "nor" for t in tree.children(predicate, "cc"))
    return ("not", "nor") if joined else None


@step(STAGE, example="No Iranian troops attacked Iraq.", gives="* | attack | Iraq | negative ground=no")
def negative_argument(tree: Tree, predicate: Token) -> Denial | None:
    """Deny a clause whose subject or object is "nobody", or has "no" or "neither" before it."""
    for child in tree.children(predicate, "nsubj", "obj"):
        if nobody_but(tree, child):
            continue
        if child.lower_ in NOBODY:
            return "no", child.lower_
        if has_negative_determiner(tree, child):
            return "no", "no"
    return ("no", "no") if has_negative_determiner(tree, predicate) else None


@step(STAGE, example="Few states recognised Abkhazia.", gives="not * | recognise | Abkhazia | positive")
def few(tree: Tree, predicate: Token) -> Denial | None:
    """Deny a clause whose subject is "few": it says that most did not."""
    for subject in tree.children(predicate, "nsubj"):
        before = tree.children(subject, "amod", "det", "nummod")
        if any(t.lower_ == "few" and not _after_article(tree, t) for t in before):
            return "no", "few"
    return None


def _after_article(tree: Tree, word: Token) -> bool:
    """Whether "a" or "the" stands before "few": "a few states did"."""
    return word.i > 0 and tree.tokens[word.i - 1].lower_ in ("a", "the", "these", "those", "quite")


@step(STAGE, example="Norway expelled spies instead of arming Iran.", gives="Norway | arm | Iran | negative")
def denying_mark(tree: Tree, predicate: Token) -> Denial | None:
    """Deny a clause behind "without", "rather than" or "instead of"."""
    mark = marker(tree, predicate)
    joined = (" ".join(t.lower_ for t in (c, *tree.children(c, "fixed"))) for c in tree.children(predicate, "cc"))
    found = next((words for words in (mark, *joined) if words.startswith(DENYING_MARKS)), None)
    return None if found is None else ("without", found)


@step(STAGE, example="Fiji has yet to sign the treaty.", gives="Fiji | sign | treaty | negative ground=yet_to")
def yet_to(tree: Tree, predicate: Token) -> Denial | None:
    """Deny an infinitive behind "has yet to", "is yet to" or "remains yet to"."""
    return ("not", "yet to") if is_pending(tree, predicate) else None


NEGATION: Registry[Negation] = Registry(
    STAGE,
    "Deny a clause by its own words.",
    (negator, approximator, nor, negative_argument, few, denying_mark, yet_to),
)


def is_pending(tree: Tree, predicate: Token) -> bool:
    """Whether an infinitive stands behind "has yet", "is yet" or "remains yet"."""
    to = next((t for t in tree.children(first_conjunct(tree, predicate), "mark") if t.tag_ == "TO"), None)
    if to is None or to.i < 2 or tree.tokens[to.i - 1].lower_ != "yet":
        return False
    return tree.tokens[to.i - 2].lemma_ in PENDING


def has_negative_determiner(tree: Tree, noun: Token) -> bool:
    """Whether a noun stands under "no" or "neither"."""
    return any(t.lower_ in NEGATIVE_DETERMINERS for t in tree.children(noun, "det", "cc:preconj"))


def _kind(adverb: Token) -> str:
    found = signature(adverb.lower_, "adv")
    return "" if found is None else found.kind
