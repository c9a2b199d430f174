"""Which names are too common to be names: they would make an actor of an ordinary word, or of a bigger namesake."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.actors.folding import fold
from kg.training.kb.facts import AliasFact, EntityFact

PROTECTED_SALIENCE = 0.6
MARGIN = 0.15
STRONG_TYPES = frozenset({"label", "acronym", "demonym"})
WEAK_ORGANISATION = 0.35
MONONYM_SALIENCE = 0.6
CHOSEN = "kg"  # names of this source were chosen one by one


def common_words(treebank: Path, *, least: int = 2) -> frozenset[str]:
    """Words that the training treebanks write in lower case at least so often, names left out."""
    counts: Counter[str] = Counter()
    for path in sorted(treebank.glob("*-train.conllu")):
        for line in path.read_text("utf8").splitlines():
            columns = line.split("\t")
            if len(columns) == 10 and columns[1].islower() and columns[3] != "PROPN":
                counts[columns[1]] += 1
    return frozenset(word for word, count in counts.items() if count >= least)


@dataclass(frozen=True, slots=True)
class Gate:
    """Decides which names stay."""

    entities: Mapping[str, EntityFact]
    protected: Mapping[str, float]
    common: frozenset[str]
    refused: frozenset[tuple[str, str]] = frozenset()

    @classmethod
    def of(
        cls,
        entities: Mapping[str, EntityFact],
        aliases: Iterable[AliasFact],
        common: frozenset[str],
        refused: frozenset[tuple[str, str]] = frozenset(),
    ) -> Gate:
        """A gate that protects the labels, acronyms and demonyms of salient entities."""
        protected: dict[str, float] = defaultdict(float)
        for alias in aliases:
            salience = entities[alias.entity].salience
            if alias.type in STRONG_TYPES and salience >= PROTECTED_SALIENCE:
                name = fold(alias.alias)
                protected[name] = max(protected[name], salience)
        return cls(entities, protected, common, refused)

    def admits(self, alias: AliasFact) -> bool:
        """Whether a name may stand for its entity."""
        entity = self.entities[alias.entity]
        name = fold(alias.alias)
        if len(name) < 2 or name.isdigit() or (alias.entity, name) in self.refused:
            return False
        if alias.source == CHOSEN:
            return True
        if entity.kind == "person" and " " not in name:
            return alias.type == "label" and entity.salience >= MONONYM_SALIENCE
        if alias.type in ("alternative", "acronym") and self.protected.get(name, 0.0) > entity.salience + MARGIN:
            return False
        return not (name in self.common and self._is_weak(alias, entity))

    def _is_weak(self, alias: AliasFact, entity: EntityFact) -> bool:
        if alias.type == "acronym" or entity.kind == "country":
            return False
        return alias.type == "alternative" or (entity.kind == "organization" and entity.salience < WEAK_ORGANISATION)
