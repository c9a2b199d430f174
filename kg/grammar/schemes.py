"""Parses with ClearNLP labels (``en_core_web_*``) drawn as Universal Dependencies would draw them.

A preposition hangs below its object, a copula below its predicate, and conjuncts hang below the first of them.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

CLEARNLP_LABELS = {
    "nsubj": "nsubj", "nsubjpass": "nsubj:pass", "csubj": "csubj", "csubjpass": "csubj:pass", "dobj": "obj",
    "dative": "iobj", "attr": "attr", "acomp": "xcomp", "oprd": "xcomp", "ccomp": "ccomp", "xcomp": "xcomp",
    "advcl": "advcl", "acl": "acl", "relcl": "acl:relcl", "agent": "agent", "prep": "prep", "pobj": "obl",
    "pcomp": "pcomp", "poss": "nmod:poss", "case": "case", "appos": "appos", "compound": "compound", "nn": "compound",
    "amod": "amod", "nmod": "nmod", "det": "det", "predet": "det:predet", "nummod": "nummod", "quantmod": "advmod",
    "advmod": "advmod", "npadvmod": "obl:npmod", "neg": "advmod", "aux": "aux", "auxpass": "aux:pass", "mark": "mark",
    "prt": "compound:prt", "cc": "cc", "preconj": "cc:preconj", "conj": "conj", "punct": "punct", "expl": "expl",
    "parataxis": "parataxis", "intj": "discourse", "meta": "dep", "dep": "dep", "ROOT": "ROOT",
}  # fmt: skip
CLEARNLP_ONLY = frozenset({"nsubjpass", "dobj", "pobj", "auxpass", "attr", "acomp", "poss", "prt", "neg"})


def drawn_as_ud(doc: Doc) -> tuple[list[int], list[str]]:
    """Heads and UD labels of a Doc's tokens, by token index; a root is its own head and has the label ``ROOT``."""
    return _from_clearnlp(doc) if is_clearnlp(doc) else _from_ud(doc)


def is_clearnlp(doc: Doc) -> bool:
    """Whether the parse carries labels that only ClearNLP's scheme has."""
    return any(token.dep_ in CLEARNLP_ONLY for token in doc)


def _from_ud(doc: Doc) -> tuple[list[int], list[str]]:
    return [t.head.i for t in doc], ["ROOT" if t.dep_ in ("ROOT", "root") else t.dep_ or "dep" for t in doc]


def _from_clearnlp(doc: Doc) -> tuple[list[int], list[str]]:
    heads = [t.head.i for t in doc]
    labels = [CLEARNLP_LABELS.get(t.dep_, t.dep_ or "dep") for t in doc]
    for token in doc:
        if labels[token.i] in ("prep", "agent"):
            _hang_preposition_below_object(doc, token, heads, labels)
    for token in doc:
        if token.dep_ in ("attr", "acomp") and token.head.lemma_ == "be":
            _hang_copula_below_predicate(doc, token, heads, labels)
    _flatten_conjuncts(doc, heads, labels)
    for i, label in enumerate(labels):
        if label in ("prep", "agent", "attr", "pcomp"):
            labels[i] = {"prep": "advmod", "agent": "advmod", "attr": "xcomp", "pcomp": "advcl"}[label]
    return heads, labels


def _hang_preposition_below_object(doc: Doc, prep: Token, heads: list[int], labels: list[str]) -> None:
    below = next((c for c in prep.children if c.dep_ in ("pobj", "pcomp")), None)
    if below is None:
        return
    governor = heads[prep.i]
    nominal = doc[governor].pos_ in ("NOUN", "PROPN", "PRON", "NUM")
    if below.dep_ == "pcomp":
        labels[below.i] = "acl" if nominal else "advcl"
        labels[prep.i] = "mark"
    else:
        labels[below.i] = "obl:agent" if prep.dep_ == "agent" else "nmod" if nominal else "obl"
        labels[prep.i] = "case"
    heads[below.i], heads[prep.i] = governor, below.i
    for other in prep.children:
        if other.i != below.i and heads[other.i] == prep.i:
            heads[other.i] = below.i if other.dep_ in ("prep", "advmod", "neg") else governor


def _hang_copula_below_predicate(doc: Doc, predicate: Token, heads: list[int], labels: list[str]) -> None:
    copula = predicate.head
    if heads[predicate.i] != copula.i:
        return
    heads[predicate.i] = predicate.i if heads[copula.i] == copula.i else heads[copula.i]
    labels[predicate.i] = labels[copula.i]
    for i, head in enumerate(heads):
        if head == copula.i and i not in (copula.i, predicate.i):
            heads[i] = predicate.i
    heads[copula.i], labels[copula.i] = predicate.i, "cop"


def _flatten_conjuncts(doc: Doc, heads: list[int], labels: list[str]) -> None:
    """ClearNLP chains conjuncts one below the other; UD hangs them all below the first."""
    for token in doc:
        while labels[token.i] == "conj" and labels[heads[token.i]] == "conj":
            heads[token.i] = heads[heads[token.i]]
