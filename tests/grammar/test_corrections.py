"""Corrections that need more than a parse, and what holds for every rewriting: it gives a tree."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from kg.grammar.corrections import CORRECTIONS
from kg.grammar.dependencies import Tree
from kg.grammar.reanalyses import REANALYSES
from kg.grammar.rewriting import rewritten
from kg.grammar.tree import tree_of
from kg.language.pipeline import load_bare_pipeline

RULES = (*CORRECTIONS.steps, *REANALYSES.steps)
LABELS = (
    "nsubj", "obj", "conj", "acl", "acl:relcl", "advcl", "ccomp", "xcomp", "parataxis", "appos", "obl", "nmod", "case",
    "mark", "cc", "compound", "flat", "ROOT",
)  # fmt: skip
SENTENCES = (
    "To help the envoy in the many calls for his aid, Maria organised and led the “Harbour”, a small agency which fed"
    " up to 40 families and continued until 2015.",
    "Iran said on Monday that the talks had failed, adding that Israel attacked Lebanon, according to Reuters.",
    "Hungary agreed to support Ukraine and signed the treaty, mediators said, rejecting the claim of General Ali, who"
    " said it was ready and warned of war.",
)


def test_a_bare_date_after_a_reporting_verb_is_the_day() -> None:
    doc = Doc(
        Vocab(), words=["Police", "said", "Wednesday"], tags=["NNS", "VBD", "NNP"], pos=["NOUN", "VERB", "PROPN"],
        lemmas=["police", "say", "Wednesday"], heads=[1, 1, 1], deps=["nsubj", "ROOT", "obj"],
    )  # fmt: skip
    untold = Tree(doc, [1, 1, 1], ["nsubj", "ROOT", "obj"])
    assert rewritten(untold, CORRECTIONS).labels[2] == "obj"
    doc.set_ents([Span(doc, 2, 3, label="DATE")])
    assert rewritten(untold, CORRECTIONS).labels[2] == "obl:unmarked"


@pytest.fixture(scope="module")
def docs() -> Sequence[Doc]:
    return [doc for name in ("accurate", "small") for doc in load_bare_pipeline(name).pipe(SENTENCES)]


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_no_sequence_of_rules_gives_anything_but_a_tree(docs: Sequence[Doc], data: st.DataObject) -> None:
    doc = data.draw(st.sampled_from(docs))
    given_tree = tree_of(doc)
    words = st.integers(0, len(doc) - 1)
    moved = data.draw(st.dictionaries(words, words, max_size=8))
    renamed = data.draw(st.dictionaries(words, st.sampled_from(LABELS), max_size=8))
    tree = given_tree.changed(moved, renamed)
    assert_tree(tree)
    for rule in data.draw(st.lists(st.sampled_from(RULES), max_size=12)):
        tree = rule.run(tree)
        assert_tree(tree)


def assert_tree(tree: Tree) -> None:
    """Every word reaches a root, and lies below one head only."""
    for token in tree.tokens:
        above = list(tree.ancestors(token))
        assert len(above) <= len(tree.tokens)
        assert tree.heads[(above or [token])[-1].i] == (above or [token])[-1].i
    below = sorted(t.i for token in tree.tokens if tree.heads[token.i] == token.i for t in tree.subtree(token))
    assert below == list(range(len(tree.tokens)))


def test_a_change_that_would_close_a_circle_is_left_out(docs: Sequence[Doc]) -> None:
    tree = tree_of(docs[0])
    child = next(t for t in tree.tokens if tree.heads[t.i] != t.i)
    assert tree.changed({tree.heads[child.i]: child.i}, {}).heads == tree.heads
