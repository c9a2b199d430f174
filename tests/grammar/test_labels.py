"""Only language and grammar spell dependency labels; files that still do are listed, and the list only shrinks."""

from __future__ import annotations

import ast
from pathlib import Path

import kg

ROOMS = ("actors", "claims", "events", "engines", "graph", "ledger", "rdf", "views", "stores", "serving", "reading")
LABELS = frozenset({
    "nsubj", "nsubj:pass", "nsubj:outer", "obj", "iobj", "obl", "obl:agent", "obl:unmarked", "nmod", "nmod:poss",
    "nmod:desc", "amod", "advmod", "acl", "acl:relcl", "advcl", "xcomp", "ccomp", "csubj", "conj", "appos", "parataxis",
    "aux:pass", "cop", "nummod", "det", "cc:preconj", "compound:prt",
})  # fmt: skip
STILL = frozenset({
    "actors/anaphora.py", "actors/appositions.py", "actors/chain_features.py", "actors/chain_mentions.py",
    "actors/chains.py", "actors/coreference.py", "actors/mentions.py", "actors/names.py", "actors/naming.py",
    "actors/nominals.py", "actors/ranking.py", "actors/regions.py", "actors/syntax.py", "claims/arguments.py",
    "claims/casualties.py", "claims/chains.py", "claims/confidence.py", "claims/context.py", "claims/extract.py",
    "claims/inherent.py", "claims/nominal.py", "claims/numbers.py", "claims/offices.py", "claims/participants.py",
    "claims/received.py", "claims/targets.py", "claims/verbal.py",
})  # fmt: skip


def spelled(path: Path) -> set[str]:
    strings = (node.value for node in ast.walk(ast.parse(path.read_text("utf8"))) if isinstance(node, ast.Constant))
    return {text for text in strings if isinstance(text, str) and text in LABELS}


def test_only_language_and_grammar_spell_labels() -> None:
    root = Path(kg.__file__).parent
    found = {
        str(path.relative_to(root).as_posix())
        for room in ROOMS
        for path in (root / room).rglob("*.py")
        if spelled(path)
    }
    assert found - STILL == set(), "ask kg.grammar for what is needed instead"
    assert STILL - found == set(), "take these off the list"
