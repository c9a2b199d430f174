"""The graph in a notebook's cell: whole when it is small, the strongest of it when it is not."""

from __future__ import annotations

from typing import Any

import pytest

from kg.graph import Graph
from kg.views.html import fragment
from kg.views.notebook import excerpt, inline


@pytest.fixture(scope="module")
def many(request: pytest.FixtureRequest) -> Graph:
    """Some thousands of claims."""
    from kg.model import Article, Claim, Participant, Record, Relation, Span

    text = "Russia warned NATO."
    records = []
    for number in range(4000):
        target = Participant("NATO", Span(14, 18), f"x{number % 1000}", f"Target {number % 1000}", "organization")
        claim = Claim(
            f"c{number}", f"a{number}", Span(0, 19), Participant("Russia", Span(0, 6), "Q159", "Russia", "country"),
            Relation("warned", Span(7, 13), "warn"), target, modality="asserted" if number % 2 else "possible",
        )  # fmt: skip
        records.append(Record(Article(f"a{number}", text), claims=(claim,)))
    return Graph.from_records(records)


def test_a_small_graph_is_shown_whole(graph: Graph) -> None:
    assert graph._repr_html_() == fragment(graph)


def test_of_a_large_graph_the_strongest_is_shown_and_the_rest_told(many: Graph) -> None:
    shown = many._repr_html_()
    assert len(shown) < 5_000_000
    assert shown.count("<iframe") == 1
    assert shown.startswith("<p>The 1,500 claims of the strongest statements, of 4,000 in all. <code>kg export html")


def test_an_excerpt_is_a_graph_of_its_own(many: Graph) -> None:
    part = excerpt(many, most=100)
    assert 0 < len(part.claims) <= 100
    assert all(statement.asserted for statement in part.statements)
    assert {claim for s in part.statements for claim in s.claims} == set(part.claims)
    assert {claim.article for claim in part.claims.values()} == set(part.articles)
    assert part.to_networkx().number_of_edges() == len(part.statements)


def test_the_same_claims_are_shown_the_same(records: list[Any]) -> None:
    first, second = Graph.from_records(records), Graph.from_records(reversed(records))
    assert inline(first, most=4) == inline(second, most=4)
