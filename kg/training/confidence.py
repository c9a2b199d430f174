"""Learn how circumstances bear on claims being right: ``python -m kg.training confidence DATA``.

A logistic regression with a ridge penalty (Hoerl and Kennard 1970), by Newton's method, on the claims that were judged
by hand (:mod:`kg.corpora.judged`).
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language

from kg.claims.confidence import ANY, TABLE, Kind, circumstances, kind_of, probability
from kg.evaluation.confidence import judged_claims, reliability
from kg.evaluation.scoring import Scores

RIDGE = 3.0
STEPS = 30
LEAST_SEEN = 8
FOLDS = 10
FREE = "any claim"
COLUMNS = ("claims", "circumstance", "weight", "source")
SOURCE = "logistic regression on kg/corpora/judged_*.tsv"

Floats = NDArray[np.float64]
Examples = dict[Kind, tuple[list[dict[str, float]], list[bool]]]


def examples(data: Path, *, nlp: Language) -> Examples:
    """The circumstances of every judged claim and whether it is right, for each kind of claims."""
    found: Examples = {"asserted": ([], []), "other": ([], [])}
    for doc, claim, right in judged_claims(data, nlp=nlp):
        circumstanced, verdicts = found[kind_of(claim)]
        circumstanced.append(circumstances(claim, doc))
        verdicts.append(right)
    return found


def fit(found: Sequence[dict[str, float]], right: Sequence[bool]) -> dict[str, float]:
    """The weight of each circumstance that is there in enough of the claims.

    >>> weights = fit([{"any claim": 1.0}] * 20 + [{"any claim": 1.0, "odd": 1.0}] * 20, [True] * 20 + [False] * 20)
    >>> weights["any claim"] > 0 > weights["odd"]
    True
    """
    seen = Counter(name for one in found for name, value in one.items() if value)
    names = [name for name, count in sorted(seen.items()) if count >= LEAST_SEEN]
    x = np.array([[one.get(name, 0.0) for name in names] for one in found])
    y = np.array(right, dtype=float)
    penalty = np.diag([0.0 if name == FREE else RIDGE for name in names])
    weights = np.zeros(len(names))
    for _ in range(STEPS):
        expected = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (y - expected) - penalty @ weights
        curvature = (x * (expected * (1 - expected))[:, None]).T @ x + penalty
        weights += np.linalg.solve(curvature, slope)
    return dict(zip(names, weights.tolist(), strict=True))


def cross_validated(found: Sequence[dict[str, float]], right: Sequence[bool]) -> Scores:
    """How well the confidences of claims hold that were learnt from the other claims alone, in ``FOLDS`` rounds."""
    pairs: list[tuple[float, bool]] = []
    for fold in range(FOLDS):  # of neighbours, so that no sentence is on both sides
        left_out = range(fold * len(found) // FOLDS, (fold + 1) * len(found) // FOLDS)
        others = [i for i in range(len(found)) if i not in left_out]
        weights = fit([found[i] for i in others], [right[i] for i in others])
        pairs += [(probability(found[i], weights), right[i]) for i in left_out]
    return reliability(pairs)


def train(data: Path, *, nlp: Language) -> Scores:
    """Learn the weights, write them to the package's table, and return how well they hold on claims not seen.

    Rows from elsewhere stay: weights set for what the judged claims never or hardly show.
    """
    with TABLE.open(encoding="utf8", newline="") as file:
        kept = [row for row in csv.DictReader(file, delimiter="\t") if row["source"] != SOURCE]
    rows = {(row["claims"], row["circumstance"]): row for row in kept}
    scores: Scores = {}
    for kind, (found, right) in examples(data, nlp=nlp).items():
        for name, weight in fit(found, right).items():
            if (ANY, name) not in rows:
                row = {"claims": kind, "circumstance": name, "weight": f"{weight:.3f}", "source": SOURCE}
                rows.setdefault((kind, name), row)
        held = {"n": len(right), **cross_validated(found, right)}
        scores |= {f"{kind}_{measure}": value for measure, value in held.items()}
    with TABLE.open("w", encoding="utf8", newline="") as file:
        writer = csv.DictWriter(
            file, ["claims", "circumstance", "weight", "source"], delimiter="\t", lineterminator="\n"
        )
        writer.writeheader()
        writer.writerows(rows[key] for key in sorted(rows))
    return scores
