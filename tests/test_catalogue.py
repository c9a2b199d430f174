"""Every rule is held to its example in both pipelines, and to being needed for it in one of them."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from spacy.language import Language

import kg
from kg.catalogue import all_rules, checked, fits, page, rule_named
from kg.errors import EvaluationError
from kg.grammar.rules import Rule, without
from kg.language.pipeline import load_pipeline
from kg.model import Claim
from kg.reading import article_from_text

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "rules.md"
PIPELINES = ("accurate", "small")


@cache
def loaded(pipeline: str) -> Language:
    return load_pipeline(pipeline)


@cache
def claims(text: str, pipeline: str, *left_out: str) -> tuple[Claim, ...]:
    with without(*left_out):
        return kg.extract(article_from_text(text, published="2024-03-05"), pipeline=loaded(pipeline)).claims


@pytest.mark.parametrize("rule", list(all_rules()), ids=lambda rule: rule.name)
def test_the_example_of_a_rule_holds_and_needs_it(rule: Rule) -> None:
    for pipeline in PIPELINES:
        assert fits(rule.gives, claims(rule.example, pipeline)), pipeline
    assert not all(fits(rule.gives, claims(rule.example, pipeline, rule.name)) for pipeline in PIPELINES)


def test_names_are_unique_and_rules_are_described() -> None:
    names = Counter(rule.name for rule in all_rules())
    assert [name for name, count in names.items() if count > 1] == []
    assert all(rule.what and rule.example and rule.gives for rule in all_rules())


def test_the_page_lists_the_rules_as_they_are() -> None:
    assert PAGE.read_text("utf8") == page(), "write it anew with python -m kg.catalogue"


def test_claims_list_the_rules_that_made_them() -> None:
    rule = rule_named("finite conjunct of nonfinite")
    assert rule is not None
    signed = next(c for c in claims(rule.example, "accurate") if c.relation.lemma == "sign")
    assert signed.rules == ("verb", "shared subject", rule.name)


def test_an_unknown_rule_is_refused() -> None:
    assert checked(["passive", "corrections"]) == ("passive", "corrections")
    with pytest.raises(EvaluationError, match="no rule 'pasive'"):
        checked(["pasive"])
