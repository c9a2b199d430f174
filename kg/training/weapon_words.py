"""The table of weapon words, from WordNet: what lies below weapon, ammunition, military vehicle, warship, warplane.

    python -m kg.training weapons /usr/share/wordnet kg/language/weapon_words.csv

A word of several meanings ("tank", "shell", "arms") is a weapon by itself when its tagged uses in WordNet's corpus are
mostly those of a weapon; else it is "ambiguous", and wants another weapon word beside it. What WordNet 3.0 is too old
for stays as the table has it, with a source of its own.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import KnowledgeBaseError

WORDNET = "WordNet 3.0"
ROOTS = {
    "weapon": 1, "weaponry": 1, "ammunition": 1, "military_vehicle": 1, "armored_vehicle": 1, "warship": 1,
    "warplane": 1, "explosive_device": 1,
}  # fmt: skip
HYPONYM = ("~", "~i")
MOSTLY = 0.75
SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Nouns:
    """WordNet's nouns: the words and the hyponyms of each synset, and the synsets of each word, commonest first."""

    words: dict[str, tuple[str, ...]]
    hyponyms: dict[str, tuple[str, ...]]
    senses: dict[str, tuple[str, ...]]
    uses: dict[tuple[str, int], int]

    def below(self, synset: str) -> Iterator[str]:
        """A synset and all that lie below it."""
        yield synset
        for lower in self.hyponyms[synset]:
            yield from self.below(lower)

    def is_mostly(self, word: str, synsets: frozenset[str]) -> bool:
        """Whether a word means one of ``synsets`` in most of its tagged uses; by its first meaning if it has none."""
        senses = self.senses[word]
        uses = [self.uses.get((word, number), 0) for number in range(1, len(senses) + 1)]
        within = sum(count for count, synset in zip(uses, senses, strict=True) if synset in synsets)
        return within >= MOSTLY * sum(uses) if sum(uses) else all(synset in synsets for synset in senses)


def read_nouns(wordnet: Path) -> Nouns:
    """Read ``data.noun``, ``index.noun`` and ``cntlist.rev`` of a WordNet folder.

    :raises KnowledgeBaseError: if one is missing.
    """
    words: dict[str, tuple[str, ...]] = {}
    hyponyms: dict[str, tuple[str, ...]] = {}
    for fields in _lines(wordnet / "data.noun"):
        count = int(fields[3], 16)
        pointers = fields[5 + 2 * count :]
        words[fields[0]] = tuple(fields[4 : 4 + 2 * count : 2])
        size = 4 * int(fields[4 + 2 * count])
        hyponyms[fields[0]] = tuple(
            pointers[i + 1] for i in range(0, size, 4) if pointers[i] in HYPONYM and pointers[i + 2] == "n"
        )
    senses = {fields[0]: tuple(fields[-int(fields[2]) :]) for fields in _lines(wordnet / "index.noun")}
    uses: dict[tuple[str, int], int] = {}
    for key, number, count in _lines(wordnet / "cntlist.rev"):
        word, _, kind = key.partition("%")
        if kind.startswith("1:"):
            uses[word, int(number)] = int(count)
    return Nouns(words, hyponyms, senses, uses)


def _lines(path: Path) -> Iterator[list[str]]:
    """The fields of each line, the licence above and the glosses behind left out."""
    if not path.is_file():
        raise KnowledgeBaseError(f"{path} is missing; give the folder of WordNet's database, as wordnet-base has it")
    for line in path.read_text(encoding="latin-1").splitlines():
        if not line.startswith("  "):
            yield line.partition(" | ")[0].split()


def weapon_rows(nouns: Nouns) -> list[tuple[str, str, str]]:
    """Rows of word, role and source, in order; hyphens are written as spaces, and only acronyms in capitals."""
    synsets = frozenset(s for word, sense in ROOTS.items() for s in nouns.below(nouns.senses[word][sense - 1]))
    roles: dict[str, str] = {}
    for lemma in sorted({word for synset in synsets for word in nouns.words[synset]}):
        word = lemma.lower()
        name = (lemma if lemma.isupper() else word).replace("_", " ").replace("-", " ")
        if len(name) >= SHORTEST and name.replace(" ", "").isalpha():
            roles[name] = "weapon" if nouns.is_mostly(word, synsets) else "ambiguous"
    return [(name, role, WORDNET) for name, role in sorted(roles.items())]


def write(wordnet: Path, table: Path) -> int:
    """Write the table anew, the rows of other sources kept, and return how many rows come from WordNet.

    :raises KnowledgeBaseError: if the folder holds no WordNet.
    """
    kept: list[tuple[str, str, str]] = []
    if table.exists():
        with table.open(encoding="utf8", newline="") as lines:
            kept = [(r["word"], r["role"], r["source"]) for r in csv.DictReader(lines) if r["source"] != WORDNET]
    own = {word for word, role, _ in kept if role != "carrier"}
    rows = [row for row in weapon_rows(read_nouns(wordnet)) if row[0] not in own]
    with table.open("w", encoding="utf8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("word", "role", "source"))
        writer.writerows([*rows, *kept])
    return len(rows)
