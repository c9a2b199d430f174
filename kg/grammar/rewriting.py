"""Rules that rewrite a tree: how they are registered and run one after another."""

from __future__ import annotations

from collections.abc import Callable

from kg.grammar.dependencies import Tree
from kg.grammar.rules import Registry

Rewriting = Callable[[Tree], Tree]


def rewritten(tree: Tree, registry: Registry[Rewriting]) -> Tree:
    """A tree after the rules of a registry; each rule is noted at the tokens that it changed."""
    for step in registry.active:
        new = step.run(tree)
        if new is not tree:
            step.rule.note(tree.doc, _changed(tree, new))
            tree = new
    return tree


def _changed(old: Tree, new: Tree) -> list[int]:
    return [i for i in range(len(old.heads)) if old.heads[i] != new.heads[i] or old.labels[i] != new.labels[i]]
