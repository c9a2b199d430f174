"""One neutral view of a dependency parse, whatever label scheme the pipeline was trained on.

Rules never read ``token.dep_`` or ``token.head``: they read a :class:`Tree`, whose labels are those of Universal
Dependencies (UD). A parse with ClearNLP labels (``en_core_web_*``) is rebuilt as UD would draw it: a preposition hangs
below its object, a copula below its predicate, and conjuncts hang below the first of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

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


@dataclass(slots=True)
class Tree:
    """Heads and UD labels of a Doc's tokens, by token index; a root is its own head and has the label ``ROOT``.

    >>> import spacy
    >>> from spacy.tokens import Doc
    >>> doc = Doc(spacy.blank("en").vocab, words=["Envoys", "spoke"], heads=[1, 1], deps=["nsubj", "ROOT"])
    >>> tree = tree_of(doc)
    >>> [child.text for child in tree.children(doc[1], "nsubj")]
    ['Envoys']
    """

    doc: Doc
    heads: list[int]
    labels: list[str]
    _children: list[list[int]] = field(default_factory=list[list[int]])

    def __post_init__(self) -> None:
        self._children = [[] for _ in self.heads]
        for i, head in enumerate(self.heads):
            if head != i:
                self._children[head].append(i)

    def label(self, token: Token) -> str:
        """The UD label of a token, subtype and all ("nsubj:pass")."""
        return self.labels[token.i]

    def head(self, token: Token) -> Token:
        """The token above; the root is its own."""
        return self.doc[self.heads[token.i]]

    def children(self, token: Token, *labels: str) -> list[Token]:
        """The tokens right below, in order of the text; with ``labels``, only those that carry one of them.

        A label without a subtype stands for its subtypes too: "obl" finds "obl:agent", "acl:relcl" finds only itself.
        """
        found = (self.doc[i] for i in self._children[token.i])
        return [t for t in found if matches(self.labels[t.i], labels)] if labels else list(found)

    def child(self, token: Token, *labels: str) -> Token | None:
        """The first of :meth:`children`, if there is one."""
        return next(iter(self.children(token, *labels)), None)

    def ancestors(self, token: Token) -> Iterator[Token]:
        """The tokens above, from the nearest up to the root."""
        while self.heads[token.i] != token.i:
            token = self.doc[self.heads[token.i]]
            yield token

    def subtree(self, token: Token, *, without: tuple[str, ...] = ()) -> list[Token]:
        """The token and all below it, in order of the text; ``without`` cuts off children with these labels."""
        found, queue = [token.i], [token.i]
        while queue:
            for i in self._children[queue.pop()]:
                if not (without and matches(self.labels[i], without)):
                    found.append(i)
                    queue.append(i)
        return [self.doc[i] for i in sorted(found)]

    def conjuncts(self, token: Token) -> list[Token]:
        """The token and those coordinated with it below ("Russia" gives Russia and Ukraine of "Russia and Ukraine")."""
        found = [token]
        for child in self.children(token, "conj"):
            found.extend(self.conjuncts(child))
        return found


def matches(label: str, labels: tuple[str, ...]) -> bool:
    """Whether a label is one of ``labels``, or a subtype of one that has none itself."""
    return label in labels or label.partition(":")[0] in labels


def tree_of(doc: Doc) -> Tree:
    """The neutral view of a parsed Doc; made once and kept with it."""
    tree = doc.user_data.get("kg_tree")
    if tree is None:
        tree = _from_clearnlp(doc) if is_clearnlp(doc) else _from_ud(doc)
        doc.user_data["kg_tree"] = tree
    return tree


def is_clearnlp(doc: Doc) -> bool:
    """Whether the parse carries labels that only ClearNLP's scheme has."""
    return any(token.dep_ in CLEARNLP_ONLY for token in doc)


def _from_ud(doc: Doc) -> Tree:
    return Tree(doc, [t.head.i for t in doc], ["ROOT" if t.dep_ in ("ROOT", "root") else t.dep_ or "dep" for t in doc])


def _from_clearnlp(doc: Doc) -> Tree:
    heads = [t.head.i for t in doc]
    labels = [CLEARNLP_LABELS.get(t.dep_, t.dep_ or "dep") for t in doc]
    for token in doc:
        if labels[token.i] in ("prep", "agent"):
            _hang_preposition_below_object(doc, token, heads, labels)
    for token in doc:
        if labels[token.i] == "attr" or (token.dep_ == "acomp" and token.head.lemma_ == "be"):
            _hang_copula_below_predicate(doc, token, heads, labels)
    _flatten_conjuncts(doc, heads, labels)
    for i, label in enumerate(labels):
        if label in ("prep", "agent", "attr", "pcomp"):
            labels[i] = {"prep": "advmod", "agent": "advmod", "attr": "xcomp", "pcomp": "advcl"}[label]
    return Tree(doc, heads, labels)


def _hang_preposition_below_object(doc: Doc, prep: Token, heads: list[int], labels: list[str]) -> None:
    below = next((c for c in prep.children if c.dep_ in ("pobj", "pcomp")), None)
    if below is None:
        return
    governor = heads[prep.i]
    nominal = doc[governor].pos_ in ("NOUN", "PROPN", "PRON", "NUM") and labels[governor] != "attr"
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
