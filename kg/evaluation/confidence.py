"""Confidence: are claims right as often as their confidence says?

Claims of documents of public corpora are compared with judgements made by hand (:mod:`kg.corpora.judged`); claims
that nobody judged are left out. The Brier score is the mean squared difference between confidence and judgement
(1 for right, 0 for wrong); the calibration error is the mean difference between the confidence and the share of right
claims over the bins of confidence, weighted by their size (Naeini et al. 2015, expected calibration error).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from kg.corpora.judged import edge_judgements, is_right, judgements, key_of, texts
from kg.errors import EvaluationError
from kg.evaluation.scoring import Scores
from kg.model import Claim

KINDS = (("asserted", True), ("other", False))
BINS = (0.0, 0.6, 0.7, 0.8, 0.9, 1.0)


def judged_claims(data: Path, *, nlp: Language) -> Iterator[tuple[Doc, Claim, bool]]:
    """Each claim that was judged, with its Doc and whether it is right."""
    verdicts, edges = judgements(), edge_judgements()
    documents = {key[:2] for key in (*verdicts, *edges)}
    for text in texts(data):
        if (text.corpus, text.document) not in documents:
            continue
        doc = nlp(text.article.text)
        for claim in doc._.claims:
            right = is_right(key_of(text, claim), verdicts, edges)
            if right is not None:
                yield doc, claim, right


def score(gold: Path, *, nlp: Language) -> Scores:
    """Share of right claims, Brier score, calibration error, and for each bin its size and its share of right claims.

    The same again for ``asserted`` claims and for all ``other`` ones, each under names of their own.

    :param gold: the folder with ``treebank/``, ``relations/`` and ``ner/``.
    :raises EvaluationError: if no judged claim was found.
    """
    pairs = [(claim.asserted, claim.confidence, right) for _, claim, right in judged_claims(gold, nlp=nlp)]
    if not pairs:
        raise EvaluationError(f"{gold} holds none of the documents with judged claims")
    apart = {name: [(score, right) for asserted, score, right in pairs if asserted is kind] for name, kind in KINDS}
    scores: Scores = {"n": len(pairs), **reliability((score, right) for _, score, right in pairs)}
    for name, found in apart.items():
        scores |= {f"{name}_{measure}": value for measure, value in reliability(found).items()} if found else {}
    return scores


def reliability(pairs: Iterable[tuple[float, bool]]) -> Scores:
    """The figures of a list of confidences, each with whether its claim is right.

    >>> scores = reliability([(0.95, True), (0.95, True), (0.5, False), (0.5, True)])
    >>> scores["precision"], round(scores["calibration_error"], 3), scores["right_0.9_to_1.0"]
    (0.75, 0.025, 1.0)
    """
    kept = list(pairs)
    scores: Scores = {
        "precision": sum(right for _, right in kept) / len(kept),
        "brier": sum((confidence - right) ** 2 for confidence, right in kept) / len(kept),
        "calibration_error": 0.0,
    }
    for low, high in zip(BINS, BINS[1:], strict=False):
        inside = [pair for pair in kept if low <= pair[0] < high or pair[0] == high == BINS[-1]]
        share = sum(right for _, right in inside) / len(inside) if inside else 0.0
        meant = sum(confidence for confidence, _ in inside) / len(inside) if inside else 0.0
        scores["calibration_error"] += abs(share - meant) * len(inside) / len(kept)
        scores |= {f"claims_{low}_to_{high}": len(inside), f"right_{low}_to_{high}": share}
    return scores
