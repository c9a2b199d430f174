"""The tree that rules read: heads and labels of Universal Dependencies (UD), changed only into another tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from spacy.tokens import Doc, Token


@dataclass(slots=True)
class Tree:
    """Heads and UD labels of a Doc's tokens, by token index; a root is its own head and has the label ``ROOT``.

    >>> import spacy
    >>> from spacy.tokens import Doc
    >>> doc = Doc(spacy.blank("en").vocab, words=["Envoys", "spoke"], heads=[1, 1], deps=["nsubj", "ROOT"])
    >>> tree = Tree(doc, [1, 1], ["nsubj", "ROOT"])
    >>> [child.text for child in tree.children(doc[1], "nsubj")]
    ['Envoys']
    """

    doc: Doc
    heads: list[int]
    labels: list[str]
    tokens: list[Token] = field(default_factory=list[Token])
    _children: list[list[int]] = field(default_factory=list[list[int]])

    def __post_init__(self) -> None:
        self.tokens = self.tokens or list(self.doc)  # spaCy makes a token anew whenever a Doc is asked for it
        self._children = [[] for _ in self.heads]
        for i, head in enumerate(self.heads):
            if head != i:
                self._children[head].append(i)

    def changed(self, heads: Mapping[int, int], labels: Mapping[int, str]) -> Tree:
        """The tree with other heads and labels for some tokens, by their index; itself if there are none.

        Changes that would close a circle are left out, heads and labels of all tokens on it or below it.
        """
        circular = self._circular(heads)
        while circular:  # without some changes, the others may close another circle
            heads = {i: head for i, head in heads.items() if i not in circular}
            labels = {i: label for i, label in labels.items() if i not in circular}
            circular = self._circular(heads)
        if not heads and not labels:
            return self
        new_heads, new_labels = list(self.heads), list(self.labels)
        for i, head in heads.items():
            new_heads[i] = head
        for i, label in labels.items():
            new_labels[i] = label
        return Tree(self.doc, new_heads, new_labels, self.tokens)

    def _circular(self, heads: Mapping[int, int]) -> set[int]:
        """The tokens with a new head from which no root can be reached any more."""
        found: set[int] = set()
        for i in heads:
            seen: set[int] = set()
            at = i
            while at not in seen:
                seen.add(at)
                above = heads.get(at, self.heads[at])
                if above == at:
                    break
                at = above
            else:
                found.add(i)
        return found

    def label(self, token: Token) -> str:
        """The UD label of a token, subtype and all ("nsubj:pass")."""
        return self.labels[token.i]

    def head(self, token: Token) -> Token:
        """The token above; the root is its own."""
        return self.tokens[self.heads[token.i]]

    def labelled(self, token: Token) -> list[tuple[str, Token]]:
        """All tokens right below, in order of the text, each with its label."""
        return [(self.labels[i], self.tokens[i]) for i in self._children[token.i]]

    def children(self, token: Token, *labels: str) -> list[Token]:
        """The tokens right below, in order of the text; with ``labels``, only those that carry one of them.

        A label without a subtype stands for its subtypes too: "obl" finds "obl:agent", "acl:relcl" finds only itself.
        """
        below = self._children[token.i]
        return [self.tokens[i] for i in below if not labels or matches(self.labels[i], labels)]

    def child(self, token: Token, *labels: str) -> Token | None:
        """The first of :meth:`children`, if there is one."""
        for i in self._children[token.i]:
            if not labels or matches(self.labels[i], labels):
                return self.tokens[i]
        return None

    # What a parser or a hand draws may be no tree: each walk passes every token once, so that all of them end.

    def ancestors(self, token: Token) -> Iterator[Token]:
        """The tokens above, from the nearest up to the root."""
        passed = {token.i}
        while (above := self.heads[token.i]) not in passed:
            passed.add(above)
            token = self.tokens[above]
            yield token

    def subtree(self, token: Token, *, without: tuple[str, ...] = ()) -> list[Token]:
        """The token and all below it, in order of the text; ``without`` cuts off children with these labels."""
        found, queue = {token.i}, [token.i]
        while queue:
            for i in self._children[queue.pop()]:
                if i not in found and not (without and matches(self.labels[i], without)):
                    found.add(i)
                    queue.append(i)
        return [self.tokens[i] for i in sorted(found)]

    def conjuncts(self, token: Token) -> list[Token]:
        """The token and those coordinated with it below ("Russia" gives Russia and Ukraine of "Russia and Ukraine")."""
        found = {token.i: token}
        queue = [token]
        while queue:
            below = [child for child in self.children(queue.pop(), "conj") if child.i not in found]
            found |= {child.i: child for child in below}
            queue.extend(below)
        return [found[i] for i in sorted(found)]


@cache
def matches(label: str, labels: tuple[str, ...]) -> bool:
    """Whether a label is one of ``labels``, or a subtype of one that has none itself."""
    return label in labels or label.partition(":")[0] in labels
