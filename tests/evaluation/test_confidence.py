"""Confidence against judgements: the table, its keys, and learning from them."""

from __future__ import annotations

import random

import pytest

from kg.claims.confidence import probability
from kg.corpora.judged import Text, judgements, key_of
from kg.errors import EvaluationError
from kg.evaluation.confidence import reliability, score
from kg.language.pipeline import load_pipeline
from kg.model import Article
from kg.training.confidence import cross_validated, fit


def test_every_judgement_is_of_one_claim_and_has_a_verdict() -> None:
    found = judgements()
    assert len(found) > 500 and set(found.values()) == {"right", "parse", "reference", "modality", "source"}
    assert {key[0] for key in found} == {"gum", "re3d", "gmb"}


def test_a_key_tells_claims_apart_by_all_that_is_judged() -> None:
    text = Text("gmb", "1", Article.make(text="Iran said Iraq will not attack Kuwait."))
    claims = load_pipeline("small")(text.article.text)._.claims
    keys = {key_of(text, claim): claim for claim in claims}
    attack = next(key for key, claim in keys.items() if claim.relation.lemma == "attack")
    assert len(keys) == len(claims)
    assert attack == ("gmb", "1", "10-14", "attack", "31-37", "negative", "future", "0-4")


def test_what_is_learnt_holds_on_claims_that_were_not_seen() -> None:
    chance = random.Random(1)
    found, right = list[dict[str, float]](), list[bool]()
    for _ in range(600):
        odd = chance.random() < 0.5
        found.append({"any claim": 1.0, "odd": float(odd)})
        right.append(chance.random() < (0.5 if odd else 0.9))
    weights = fit(found, right)
    assert probability({"any claim": 1.0}, weights) == pytest.approx(0.9, abs=0.05)
    assert cross_validated(found, right)["calibration_error"] < 0.05


def test_overconfidence_is_seen() -> None:
    assert reliability([(0.95, False), (0.95, True)])["calibration_error"] == pytest.approx(0.45)


def test_a_folder_without_the_corpora_is_named(tmp_path) -> None:
    with pytest.raises(EvaluationError, match=str(tmp_path)):
        score(tmp_path, nlp=load_pipeline("small"))
