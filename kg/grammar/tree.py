"""One neutral view of a dependency parse, whatever label scheme the pipeline was trained on.

Rules never read ``token.dep_`` or ``token.head``: they read a :class:`Tree`, whose labels are those of Universal
Dependencies (UD). ``schemes`` draws a parse with other labels as UD would; ``corrections`` mend what parsers often get
wrong, which treebanks can score; ``reanalyses`` then redraw what is right for them but not for our ends.
"""

from __future__ import annotations

from spacy.tokens import Doc

from kg.grammar.corrections import CORRECTIONS
from kg.grammar.dependencies import Tree, matches
from kg.grammar.reanalyses import REANALYSES
from kg.grammar.rewriting import rewritten
from kg.grammar.schemes import drawn_as_ud

__all__ = ["Tree", "corrected_tree_of", "matches", "tree_of"]


def tree_of(doc: Doc) -> Tree:
    """The neutral view of a parsed Doc, corrected and re-analysed; made once and kept with it.

    >>> import spacy
    >>> doc = Doc(spacy.blank("en").vocab, words=["Envoys", "spoke"], heads=[1, 1], deps=["nsubj", "ROOT"])
    >>> tree_of(doc).labels
    ['nsubj', 'ROOT']
    """
    tree = doc.user_data.get("kg_tree")
    if tree is None:
        tree = rewritten(corrected_tree_of(doc), REANALYSES)
        doc.user_data["kg_tree"] = tree
    return tree


def corrected_tree_of(doc: Doc) -> Tree:
    """The tree after the corrections alone: what a treebank would say."""
    heads, labels = drawn_as_ud(doc)
    return rewritten(Tree(doc, heads, labels), CORRECTIONS)
