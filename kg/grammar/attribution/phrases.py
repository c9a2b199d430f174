"""Acts that phrases and adverbs make: "according to X, …", "reportedly"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.grammar.attribution.act import Attribution, pieces, without_edges
from kg.grammar.attribution.verbs import LOOSE
from kg.grammar.clauses import preposition
from kg.grammar.predicates import signature
from kg.grammar.tree import Tree


def of_phrase(tree: Tree, noun: Token) -> Iterator[Attribution]:
    """The act of "according to" and its like before a noun."""
    if not tree.label(noun).startswith(("obl", "nmod")) or not signature(preposition(tree, noun), "phrase"):
        return
    words = [t for c in tree.children(noun, "case") for t in (c, *tree.children(c, "fixed"))]
    cue = tree.doc[min(t.i for t in words) : max(t.i for t in words) + 1]
    rest = {t.i for t in tree.subtree(tree.head(noun))} - {t.i for t in tree.subtree(noun)}
    source = tree.doc[cue.end : max([cue.end, *(t.i for t in tree.subtree(noun, without=LOOSE))]) + 1]
    yield Attribution(without_edges(source), cue, pieces(tree.doc, rest), "phrase", speaker=noun, head=cue[0])


def of_hearsay(tree: Tree, adverb: Token) -> Iterator[Attribution]:
    """The act of an adverb that tells of a source without naming it: "allegedly"."""
    found = signature(adverb.lower_, "adv")
    if found is None or found.kind != "hearsay" or not tree.label(adverb).startswith("advmod"):
        return
    rest = {t.i for t in tree.subtree(tree.head(adverb))} - {adverb.i}
    yield Attribution(None, tree.doc[adverb.i : adverb.i + 1], pieces(tree.doc, rest), "hearsay", head=adverb)
