"""Corrections of lists: members taken for other names, and items that go on with the line above."""

from __future__ import annotations

from itertools import groupby

from spacy.tokens import Token

from kg.grammar.dependencies import Tree
from kg.grammar.rules import step

STAGE = "corrections"
BULLETS = frozenset("-–—•*·◦‣")
NATIONS = frozenset({"GPE", "ORG", "NORP"})


@step(
    STAGE,
    example="The EU, the UK, Canada and Japan condemned Russia.",
    gives="United Kingdom | condemn | Russia",
)
def member_taken_for_apposition(tree: Tree) -> Tree:
    """Coordinate a name between the first and the last of a list that was taken for another name of the first.

    A state or body is no other name of a body: "the EU, the U.S., Norway and Iceland" are four.
    """
    labels: dict[int, str] = {}
    for token in tree.tokens:
        first = tree.head(token)
        if tree.labels[token.i] != "appos" or token.pos_ != "PROPN" or first.pos_ != "PROPN":
            continue
        later = [t for above in (first, token) for t in tree.children(above, "conj") if t.i > token.i]
        kinds = {token.ent_type_, first.ent_type_}
        two_places = kinds == {"GPE"} and tree.child(token, "det") is None  # "Hoboken, New Jersey, and Boston"
        if later and kinds <= NATIONS and not two_places and later[-1].i - token.i > 1:
            labels[token.i] = "conj"
    return tree.changed({}, labels)


@step(
    STAGE,
    example="Peru promised to:\n- raise spending;\n- send aid to Haiti.",
    gives="Peru | send aid to | Haiti | future",
)
def items_of_a_list(tree: Tree) -> Tree:
    """Coordinate the verbs that open the items of a list with that of the first.

    What the line above the list begins ("agreed to:") goes on with each item, not with the first alone.
    """
    heads: dict[int, int] = {}
    labels: dict[int, str] = {}
    opening = [t for t in tree.tokens[2:] if t.tag_ == "VB" and _opens_item(tree, t)]
    for _, items in groupby(opening, key=lambda t: t.sent.start):
        first, *others = items
        to = _infinitive_marker_before(tree, first)
        if to is not None and to.i > 0:
            above = tree.tokens[to.i - 1]
            heads |= {first.i: above.i, to.i: first.i}
            labels |= {first.i: "acl" if above.pos_ == "NOUN" else "xcomp", to.i: "mark"}
        for item in others:
            if first not in tree.subtree(item):
                heads[item.i], labels[item.i] = first.i, "conj"
    return tree.changed(heads, labels)


def _infinitive_marker_before(tree: Tree, item: Token) -> Token | None:
    """The "to" in which the line above a list ends: "agreed to:"."""
    at = item.i - 1
    while at > 0 and (tree.tokens[at].is_punct or tree.tokens[at].is_space):
        at -= 1
    found = tree.tokens[at]
    above = tree.tokens[at - 1] if at else found
    return found if found.lower_ == "to" and above.pos_ in ("VERB", "AUX", "ADJ", "NOUN") else None


def _opens_item(tree: Tree, token: Token) -> bool:
    before, line_end = tree.tokens[token.i - 1], tree.tokens[token.i - 2]
    return before.text in BULLETS and "\n" in line_end.text


LIST_CORRECTIONS = (member_taken_for_apposition, items_of_a_list)
