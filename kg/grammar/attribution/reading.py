"""All acts of attribution of a Doc, and the act that tells a clause or an event noun."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.grammar.attribution.act import Attribution
from kg.grammar.attribution.ways import ATTRIBUTION, FIRST_PERSON_WITHIN
from kg.grammar.tree import Tree, tree_of

FIRST_PERSON = frozenset({"i", "we"})


def attributions(doc: Doc) -> list[Attribution]:
    """Every act of attribution in a Doc in order of the text, those inside another's content too.

    Found once and kept with the Doc.
    """
    found: list[Attribution] | None = doc.user_data.get("kg_attributions")
    if found is None:
        found = sorted(_acts(tree_of(doc)), key=lambda act: (act.cue.start, act.cue.end))
        doc.user_data["kg_attributions"] = found
    return found


def outermost(acts: Iterable[Attribution]) -> list[Attribution]:
    """The acts whose cue lies in no other act's content: what the article itself attributes."""
    kept = list(acts)
    pieces = [(piece.start, piece.end, act) for act in kept for piece in act.content]
    return [
        act for act in kept
        if not any(start <= act.cue.start and act.cue.end <= end for start, end, other in pieces if other is not act)
    ]  # fmt: skip


def attribution_of(doc: Doc, predicate: Token) -> Attribution | None:
    """The nearest act whose content holds a clause or an event noun; None for the article's own voice."""
    nearest: dict[int, Attribution] | None = doc.user_data.get("kg_attribution_at")
    if nearest is None:
        nearest = doc.user_data["kg_attribution_at"] = _nearest(attributions(doc))
    found = nearest.get(predicate.i)
    if found is not None and found.rule is not None:
        found.rule.note(doc, (predicate.i,))
    return found


def _nearest(acts: Iterable[Attribution]) -> dict[int, Attribution]:
    """The smallest act that holds a token, by the token's index.

    Within somebody's words, what "I" or "we" think is that speaker's.
    """
    found: dict[int, Attribution] = {}
    for act in sorted(acts, key=lambda act: -act.size):
        of_speaker = FIRST_PERSON_WITHIN.on and act.source is not None and act.source.text.lower() in FIRST_PERSON
        for i in act.held():
            if not of_speaker or i not in found:
                found[i] = act
    return found


def _acts(tree: Tree) -> Iterator[Attribution]:
    for way in ATTRIBUTION.active:
        yield from (replace(act, rule=way.rule) for act in way.run(tree))
