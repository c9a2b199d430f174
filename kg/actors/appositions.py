"""Appositions: a nominal and a name side by side that are one ("the foreign minister, Sergei Lavrov").

Parsers draw these in many ways, so besides the label ``appos`` the words themselves count: a singular nominal for a
person and a person's name on either side of one comma, closed by another comma or the end, and no list.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.actors.mentions import is_plural
from kg.actors.spots import Spot
from kg.actors.words import word_set
from kg.grammar.tree import Tree

CLOSING = frozenset({",", ".", ";", ":", ")", "—", "–", "-", "?", "!", "”", '"', "who", "whose"})


def appositions(tree: Tree, spots: Sequence[Spot]) -> dict[int, Spot]:
    """The nominal beside each name that it describes, by the head of the name."""
    nominals = [spot for spot in spots if spot.type == "nominal" and _can_describe(tree, spot)]
    names = [spot for spot in spots if spot.type == "name" and spot.label not in ("DEMONYM", "DEMONYMS")]
    names_by_start = {spot.start: spot for spot in names}
    names_by_end = {spot.end: spot for spot in names}
    names_by_head = {spot.head: spot for spot in names}
    found: dict[int, Spot] = {}
    for nominal in nominals:
        name = (
            _labelled(tree, nominal, names_by_head)
            or _after_comma(tree, nominal, names_by_start)
            or _before_comma(tree, nominal, names_by_end)
            or _right_after(nominal, names_by_start)
        )
        if name is not None and name.head not in found and _compatible(nominal, name):
            found[name.head] = nominal
    return found


def _can_describe(tree: Tree, spot: Spot) -> bool:
    if tree.doc[spot.start].lower_ in word_set("distributive"):
        return False  # "neither the speaker nor ..."
    return spot.noun is not None and not spot.pair and not is_plural(tree.doc[spot.head], spot.noun)


def _compatible(nominal: Spot, name: Spot) -> bool:
    noun = nominal.noun
    if noun is None:
        return False
    inside = nominal.start <= name.head < nominal.end and name.start > nominal.head
    if inside or name.start <= nominal.head < name.end:
        return False
    return (noun.kind == "person") == name.is_person_name


def _labelled(tree: Tree, nominal: Spot, names: dict[int, Spot]) -> Spot | None:
    """Joined by the parser with the label ``appos``, in either order."""
    head = tree.doc[nominal.head]
    if tree.label(head) == "appos" and tree.heads[nominal.head] in names:
        return names[tree.heads[nominal.head]]
    below = next((child.i for child in tree.children(head, "appos") if child.i in names), None)
    return names[below] if below is not None else None


def _after_comma(tree: Tree, nominal: Spot, names: dict[int, Spot]) -> Spot | None:
    """ "the foreign minister, NAME," and "the foreign minister, NAME." """
    doc, comma = tree.doc, nominal.end
    if comma + 1 >= len(doc) or doc[comma].text != "," or nominal.noun is None or nominal.noun.kind != "person":
        return None
    name = names.get(comma + 1)
    return name if name is not None and _closes(tree, name.end) else None


def _before_comma(tree: Tree, nominal: Spot, names: dict[int, Spot]) -> Spot | None:
    """ "NAME, the foreign minister," where a name and a nominal without a verb of its own stand side by side."""
    doc, comma = tree.doc, nominal.start - 1
    if comma < 1 or doc[comma].text != "," or nominal.noun is None or nominal.noun.kind != "person":
        return None
    name = names.get(comma)
    return name if name is not None and _closes(tree, nominal.end) and _is_first_in_phrase(tree, name) else None


def _is_first_in_phrase(tree: Tree, name: Spot) -> bool:
    """Whether no list of names goes on before the name ("Putin, Blinken, the minister, and …")."""
    return tree.label(tree.doc[name.head]) != "conj"


def _right_after(nominal: Spot, names: dict[int, Spot]) -> Spot | None:
    """ "the French foreign minister NAME", where the parser made the name no part of the nominal."""
    name = names.get(nominal.end)
    return name if name is not None and name.is_person_name and nominal.head == nominal.end - 1 else None


def _closes(tree: Tree, i: int) -> bool:
    """Whether a comma, a relative clause or the sentence's end stands at ``i``, and no further member of a list."""
    doc = tree.doc
    if i >= len(doc) or doc[i].is_space or doc[i].is_sent_start:
        return True
    if doc[i].text != ",":
        return doc[i].text in CLOSING
    following = doc[i + 1] if i + 1 < len(doc) else None
    return following is None or following.pos_ not in ("CCONJ",)
