"""Repairs that need more than a parse: names and their labels."""

from __future__ import annotations

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from kg.grammar.corrections import corrected
from kg.grammar.tree import Tree


def test_a_bare_date_after_a_reporting_verb_is_the_day() -> None:
    doc = Doc(
        Vocab(), words=["Police", "said", "Wednesday"], tags=["NNS", "VBD", "NNP"], pos=["NOUN", "VERB", "PROPN"],
        lemmas=["police", "say", "Wednesday"], heads=[1, 1, 1], deps=["nsubj", "ROOT", "obj"],
    )  # fmt: skip
    untold = Tree(doc, [1, 1, 1], ["nsubj", "ROOT", "obj"])
    assert corrected(untold).labels[2] == "obj"
    doc.set_ents([Span(doc, 2, 3, label="DATE")])
    assert corrected(untold).labels[2] == "obl:unmarked"
