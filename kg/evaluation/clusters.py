"""Scores of coreference: MUC, B-cubed and entity-based CEAF, over sets of mentions (Pradhan et al. 2014).

A cluster is a set of mentions, any hashable values; a mention is the same on both sides when it is equal. Singletons
are left out before. Counts of several documents are summed before they are divided, as the reference scorer does.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

import networkx as nx

from kg.evaluation.scoring import Scores, f1

Cluster = frozenset[Hashable]


@dataclass(frozen=True, slots=True)
class Ratio:
    """A sum of shares over what they are shares of."""

    part: float = 0.0
    whole: float = 0.0

    def __add__(self, other: Ratio) -> Ratio:
        return Ratio(self.part + other.part, self.whole + other.whole)

    @property
    def value(self) -> float:
        """The quotient; 0 where there is nothing to divide by."""
        return self.part / self.whole if self.whole else 0.0


@dataclass(slots=True)
class Tally:
    """Precision and recall of the three measures, summed over documents."""

    precision: dict[str, Ratio] = field(default_factory=dict[str, Ratio])
    recall: dict[str, Ratio] = field(default_factory=dict[str, Ratio])

    def add(self, gold: Sequence[Cluster], predicted: Sequence[Cluster]) -> None:
        """Count one document."""
        gold, predicted = without_singletons(gold), without_singletons(predicted)
        similarity = best_similarity(gold, predicted)
        for name, ratio in (
            ("muc", muc(predicted, gold)),
            ("b3", b_cubed(predicted, gold)),
            ("ceafe", Ratio(similarity, len(predicted))),
        ):
            self.precision[name] = self.precision.get(name, Ratio()) + ratio
        for name, ratio in (
            ("muc", muc(gold, predicted)),
            ("b3", b_cubed(gold, predicted)),
            ("ceafe", Ratio(similarity, len(gold))),
        ):
            self.recall[name] = self.recall.get(name, Ratio()) + ratio

    def scores(self) -> Scores:
        """F1 of each measure, and their mean, ``conll_f1``."""
        found: Scores = {
            name: f1(self.precision[name].value, self.recall[name].value) for name in ("muc", "b3", "ceafe")
        }
        return {**found, "conll_f1": sum(found.values()) / len(found)}


def without_singletons(clusters: Sequence[Cluster]) -> list[Cluster]:
    """The clusters of two mentions or more."""
    return [cluster for cluster in clusters if len(cluster) > 1]


def muc(keys: Sequence[Cluster], responses: Sequence[Cluster]) -> Ratio:
    """The links of ``keys`` that ``responses`` keep: each cluster loses one for each further part it is broken into.

    >>> muc([frozenset("abc")], [frozenset("ab"), frozenset("cd")])
    Ratio(part=1, whole=2)
    """
    where = {mention: i for i, cluster in enumerate(responses) for mention in cluster}
    kept = whole = 0
    for cluster in keys:
        parts = len({where[mention] for mention in cluster if mention in where})
        parts += sum(mention not in where for mention in cluster)
        kept += len(cluster) - parts
        whole += len(cluster) - 1
    return Ratio(kept, whole)


def b_cubed(keys: Sequence[Cluster], responses: Sequence[Cluster]) -> Ratio:
    """For each mention of ``keys``, the share of its cluster that its cluster among ``responses`` holds too.

    >>> b_cubed([frozenset("ab")], [frozenset("ab")]).value
    1.0
    """
    return Ratio(
        sum(len(key & response) ** 2 / len(key) for key in keys for response in responses),
        sum(len(key) for key in keys),
    )


def best_similarity(gold: Sequence[Cluster], predicted: Sequence[Cluster]) -> float:
    """The similarity of clusters under the best one-to-one alignment, as CEAF-e takes it: 2 |A and B| / (|A| + |B|).

    >>> best_similarity([frozenset("abc")], [frozenset("ab"), frozenset("cd")])
    0.8
    """
    graph: nx.Graph[tuple[str, int]] = nx.Graph()
    for i, key in enumerate(gold):
        for j, response in enumerate(predicted):
            shared = len(key & response)
            if shared:
                graph.add_edge(("gold", i), ("predicted", j), weight=2 * shared / (len(key) + len(response)))
    matching = nx.max_weight_matching(graph)
    return sum(sorted(graph.edges[pair]["weight"] for pair in matching))
