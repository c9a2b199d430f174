"""Noun phrases as treebanks mark mentions: a noun with its determiners, modifiers and relative clauses."""

from __future__ import annotations

from spacy.tokens import Token

from kg.grammar.tree import Tree, matches

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
WITHIN_WORDS = frozenset({"flat", "fixed", "goeswith", "flat:foreign", "nummod", "expl"})
RELATIVE_TAGS = frozenset({"WDT", "WP", "WP$", "EX"})
OUTSIDE = frozenset({
    "advcl", "appos", "aux", "aux:pass", "case", "cc", "cc:preconj", "ccomp", "conj", "cop", "csubj", "discourse",
    "dislocated", "expl", "mark", "nsubj", "nsubj:outer", "nsubj:pass", "orphan", "parataxis", "punct", "reparandum",
    "vocative",
}) - {"ccomp"}  # fmt: skip
OUTSIDE_PREDICATE = OUTSIDE | {"advmod", "obl", "obl:unmarked", "obl:tmod", "obl:npmod", "ccomp"}
OPENING = frozenset({"(", "[", "“", '"'})
TRAILING = frozenset(",;:.—–-")
BEST_HEADS = (("nsubj", "obj", "iobj"), ("obl", "ROOT", "conj"), ("nmod", "appos"))
PERSON_LABELS = frozenset({"PERSON", "PER"})
BEFORE_PREDICATE = ("cop", "aux", "mark", "cc", "advmod", "nsubj")


def can_head_mention(tree: Tree, token: Token) -> bool:
    """Whether a token can be the head of a mention: nouns, names, numbers and pronouns, but no relative pronouns."""
    if token.pos_ not in NOMINAL or token.tag_ in RELATIVE_TAGS:
        return False
    label = tree.label(token)
    return label not in WITHIN_WORDS or (label == "expl" and token.lower_ == "it")


def phrase(tree: Tree, head: Token) -> tuple[int, int]:
    """The tokens ``[start, end)`` of the phrase around a noun.

    Of a noun that is a predicate only what belongs to the noun counts, not the subject and adverbials of its clause.
    """
    children = tree.children(head)
    is_predicate = any(tree.label(child) == "cop" for child in children)
    outside = OUTSIDE_PREDICATE if is_predicate else OUTSIDE
    start, last = head.i, head.i
    for child in children:
        possessive_mark = tree.label(child) == "case" and child.tag_ == "POS" and child.i > head.i
        if possessive_mark or (tree.label(child) not in outside and not _limits(tree, head, child)):
            below = tree.subtree(child)
            start, last = min(start, below[0].i), max(last, below[-1].i)
    if is_predicate:
        before = (c.i for c in children if c.i < head.i and tree.label(c).startswith(BEFORE_PREDICATE))
        start = max(start, max(before, default=-1) + 1)
    return _trimmed(tree, head, start, last)


def _limits(tree: Tree, head: Token, child: Token) -> bool:
    """Whether an adverb stands before the preposition of a phrase ("only in Kyiv"), so outside of it."""
    adverb = tree.label(child).startswith("advmod") and child.i < head.i
    return adverb and any(child.i < case.i < head.i for case in tree.children(head, "case"))


def _trimmed(tree: Tree, head: Token, start: int, last: int) -> tuple[int, int]:
    doc = tree.doc
    while start < head.i and (
        doc[start].is_space or doc[start].tag_ == "CC" or (doc[start].is_punct and doc[start].text not in OPENING)
    ):
        start += 1
    while last > head.i and (doc[last].is_space or doc[last].text in TRAILING):
        last -= 1
    return start, last + 1


def coordination(tree: Tree, head: Token) -> list[Token] | None:
    """The further members of a coordination with "and" that a noun opens; None if there is none."""
    if tree.label(head) in ("conj", "compound"):
        return None
    members = [child for child in tree.children(head, "conj") if child.pos_ in NOMINAL]
    joined = any(word.lower_ in ("and", "&") for member in members for word in tree.children(member))
    return members if joined else None


def head_of(tree: Tree, start: int, end: int) -> int:
    """The token of ``[start, end)`` that ties it to the rest.

    Where the parser tied several, an argument goes before a modifier, and the first before the others.
    """
    tied = [
        i
        for i in range(start, end)
        if (not start <= tree.heads[i] < end or tree.heads[i] == i)
        and not (tree.doc[i].is_space or tree.doc[i].is_punct)
    ]
    return min(tied, key=lambda i: (_rank(tree.labels[i]), i), default=end - 1)


def _rank(label: str) -> int:
    return next((rank for rank, labels in enumerate(BEST_HEADS) if matches(label, labels)), len(BEST_HEADS))
