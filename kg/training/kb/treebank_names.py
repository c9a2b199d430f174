"""Names that a treebank with links to Wikipedia uses for an entity in several documents ("America")."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from kg.corpora.gum import read_mentions
from kg.corpora.wikipedia_items import LINKED_CATEGORIES, find_titles, read_titles
from kg.training.kb.facts import AliasFact

SOURCE = "gum"
TREEBANK = Path("treebank") / "gum-train.conllu"
LEAST_DOCUMENTS = 2
LEAST_SHARE = 0.9


def treebank_facts(data: Path) -> Iterator[AliasFact]:
    """The names that stand for one entity in nearly all places and at least two documents of the training part."""
    treebank = data / TREEBANK
    items = read_titles(find_titles(treebank))
    uses: dict[str, Counter[str]] = defaultdict(Counter)
    documents: dict[tuple[str, str], set[str]] = defaultdict(set)
    for document, mentions in read_mentions(treebank):
        for mention in mentions:
            item = items.get(mention.title or "")
            if item and mention.type == "name" and mention.category in LINKED_CATEGORIES:
                name = plain(mention.span.of(document.text))
                uses[name][item] += 1
                documents[name, item].add(document.name)
    for name in sorted(uses):
        item, most = uses[name].most_common(1)[0]
        certain = most / uses[name].total() >= LEAST_SHARE and len(documents[name, item]) >= LEAST_DOCUMENTS
        if certain and name[:1].isupper():
            yield AliasFact(item, name, "acronym" if name.isupper() else "alternative", SOURCE)


def plain(text: str) -> str:
    """A name without a leading article, a possessive ending, and line breaks.

    >>> plain("the United States’s")
    'United States'
    """
    name = " ".join(text.split())
    for ending in ("'s", "’s"):
        name = name.removesuffix(ending)
    return name.removeprefix("the ").removeprefix("The ")
