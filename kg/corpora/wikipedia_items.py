"""The table from the Wikipedia titles that GUM links its entities to, to Wikidata items."""

from __future__ import annotations

from pathlib import Path

from kg.corpora.files import malformed, numbered_lines
from kg.errors import EvaluationError

LINKS = "gum-wikipedia-to-wikidata.tsv"
NO_ITEM = "None"
LINKED_CATEGORIES = frozenset({"person", "organization", "place"})


def find_titles(path: Path) -> Path:
    """The table from Wikipedia titles to items: beside the treebank, or in the folder ``linking`` beside its own.

    :raises EvaluationError: if it is in neither.
    """
    for candidate in (path.parent / LINKS, path.parent.parent / "linking" / LINKS):
        if candidate.is_file():
            return candidate
    raise EvaluationError(f"{path} names Wikipedia pages, but {LINKS} lies neither beside it nor in ../linking")


def read_titles(path: Path) -> dict[str, str]:
    """Item by Wikipedia title, as the treebank writes it.

    :raises EvaluationError: if a line has no title and item.
    """
    items: dict[str, str] = {}
    for number, line in numbered_lines(path):
        fields = line.split("\t")
        if line.startswith("#"):
            continue
        if len(fields) < 3 or not (fields[2] == NO_ITEM or fields[2].startswith("Q")):
            raise malformed(path, number, "a line has a title, its form in a URL and a Wikidata item, divided by tabs")
        if fields[2] != NO_ITEM:
            items[fields[0]] = fields[2]
    return items
