"""The words that may relate two phrases of a sentence, those that are likeliest to do so first."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from kg.grammar.tree import Tree, tree_of


def words_between(source: Span, target: Span) -> list[Token]:
    """The words on the way from one phrase to another through the tree, then the verbs and nouns nearest to the first.

    Words inside either phrase come last: those of a name ("the coalition fighting rebels") tell what its bearer does
    least of all.

    >>> import spacy
    >>> doc = Doc(spacy.blank("en").vocab, words=["Peru", "threatened", "Chile"], heads=[1, 1, 1],
    ...           pos=["PROPN", "VERB", "PROPN"], deps=["nsubj", "ROOT", "obj"])
    >>> words_between(doc[0:1], doc[2:3])
    [threatened]
    """
    doc = source.doc
    tree = tree_of(doc)
    named = {token.i for span in (source, target) for token in span}
    found = _candidates(_head(source, tree), _head(target, tree), doc, tree)
    return sorted(found, key=lambda token: token.i in named)


def _head(span: Span, tree: Tree) -> Token:
    """The token of a span that the rest of it hangs below."""
    inside = {token.i for token in span}
    return next((t for t in span if tree.head(t).i not in inside or tree.head(t).i == t.i), span[-1])


def _candidates(source: Token, target: Token, doc: Doc, tree: Tree) -> Iterator[Token]:
    seen: set[int] = {source.i, target.i}
    for token in (*_misread(source, target, tree), *_way(source, target, tree), *_nearest(source, doc)):
        if token.i not in seen:
            seen.add(token.i)
            yield token


def _misread(source: Token, target: Token, tree: Tree) -> Iterator[Token]:
    """Past forms that the parse takes for modifiers of the target or its head ("Chad lifted sanctions")."""
    for noun in (target, tree.head(target)):
        yield from (t for t in tree.children(noun, "amod") if t.tag_ == "VBD" and source.i < t.i < noun.i)


def _way(source: Token, target: Token, tree: Tree) -> Iterator[Token]:
    """From the source up to the word that both hang below, down to the target, then on up from where they met."""
    up = [source, *tree.ancestors(source)]
    down = [target, *tree.ancestors(target)]
    below_target = {token.i for token in down}
    meeting = next((n for n, token in enumerate(up) if token.i in below_target), len(up) - 1)
    yield from up[: meeting + 1]
    yield from reversed([t for t in down if t.i not in {u.i for u in up}])
    yield from up[meeting + 1 :]


def _nearest(source: Token, doc: Doc) -> list[Token]:
    """The verbs and nouns of the source's sentence, verbs first, from the nearest on."""
    sentence = source.sent if doc.has_annotation("SENT_START") else doc[:]
    words = [t for t in sentence if t.pos_ in ("VERB", "NOUN")]
    return sorted(words, key=lambda t: (t.pos_ != "VERB", abs(t.i - source.i), t.i))
