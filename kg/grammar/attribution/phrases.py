"""Acts that phrases and adverbs make: "according to X, …", "reportedly"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.grammar.attribution.act import Attribution, pieces, without_edges
from kg.grammar.attribution.frames import presupposes
from kg.grammar.attribution.verbs import LOOSE, cue_of, source_phrase
from kg.grammar.clauses import preposition
from kg.grammar.predicates import signature, signature_of
from kg.grammar.tree import Tree

BOUNDARIES = frozenset({",", ".", ";", "--", "—", "–", "(", ")", "”", "and", "but"})


def of_phrase(tree: Tree, noun: Token) -> Iterator[Attribution]:
    """The act of "according to" and its like before a noun."""
    if not tree.label(noun).startswith(("obl", "nmod")) or not signature(preposition(tree, noun), "phrase"):
        return
    words = [t for c in tree.children(noun, "case") for t in (c, *tree.children(c, "fixed"))]
    cue = tree.doc[min(t.i for t in words) : max(t.i for t in words) + 1]
    rest = {t.i for t in tree.subtree(tree.head(noun))} - {t.i for t in tree.subtree(noun)}
    source = tree.doc[cue.end : max([cue.end, *(t.i for t in tree.subtree(noun, without=LOOSE))]) + 1]
    yield Attribution(without_edges(source), cue, pieces(tree.doc, rest), "phrase", speaker=noun, head=cue[0])


def of_as_clause(tree: Tree, verb: Token) -> Iterator[Attribution]:
    """The act of a clause with "as" that names who says what its sentence tells: "As Iran put it, …"."""
    mark, subject = tree.child(verb, "mark"), tree.child(verb, "nsubj")
    if tree.label(verb) != "advcl" or mark is None or mark.lower_ != "as" or subject is None:
        return
    below = tree.subtree(verb)
    if not _says_so(tree, verb) or not _is_set_off(tree, mark, below[-1]):
        return
    cue = cue_of(tree, verb, tree.child(verb, "obj"))
    rest = {t.i for t in tree.subtree(tree.head(verb))} - {t.i for t in below}
    yield Attribution(
        source_phrase(tree, subject, cue), cue, pieces(tree.doc, rest), "as clause", speaker=subject, head=verb
    )  # fmt: skip


def _says_so(tree: Tree, verb: Token) -> bool:
    """Whether a verb speaks of what its sentence tells, without a content of its own: "put it", "noted", "said"."""
    if verb.lemma_ == "put":
        thing = tree.child(verb, "obj")
        return thing is not None and thing.lower_ == "it"
    found = signature_of(verb)
    says = found is not None and found.kind in ("speech", "belief") and not presupposes(found)
    return says and verb.pos_ == "VERB" and not tree.child(verb, "obj", "ccomp", "xcomp", "obl:agent", "nsubj:pass")


def _is_set_off(tree: Tree, first: Token, last: Token) -> bool:
    """Whether a comma or the edge of the sentence stands on both sides of a clause."""
    sentence = first.sent
    before = first.i == sentence.start or tree.tokens[first.i - 1].text in BOUNDARIES
    after = last.i + 1 >= sentence.end or last.is_punct or tree.tokens[last.i + 1].text in BOUNDARIES
    return before and after


def of_hearsay(tree: Tree, adverb: Token) -> Iterator[Attribution]:
    """The act of an adverb that tells of a source without naming it: "allegedly"."""
    found = signature(adverb.lower_, "adv")
    if found is None or found.kind != "hearsay" or not tree.label(adverb).startswith("advmod"):
        return
    rest = {t.i for t in tree.subtree(tree.head(adverb))} - {adverb.i}
    yield Attribution(None, tree.doc[adverb.i : adverb.i + 1], pieces(tree.doc, rest), "hearsay", head=adverb)
