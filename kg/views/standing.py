"""How a claim stands: asserted, reported by a source, denied, or of a modality that is no fact yet.

Every claim has exactly one standing, and a statement the first one, in this order, that a claim of it has. Views draw
and filter by it, so that what is denied, possible or merely said is never shown as done.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

from kg.model import Claim, Statement

if TYPE_CHECKING:
    from kg.graph import Graph

Standing = Literal[
    "asserted", "reported", "necessary", "future", "possible", "conditional", "hypothetical", "question", "denied"
]

STANDINGS: tuple[Standing, ...] = (
    "asserted", "reported", "necessary", "future", "possible", "conditional", "hypothetical", "question", "denied",
)  # fmt: skip

OPEN_MODALITIES = ("conditional", "hypothetical", "question")


def standing_of(claim: Claim) -> Standing:
    """The standing of one claim; polarity goes before modality, and modality before source.

    What would not happen under a condition, or is not so in a question, is not denied by anybody.
    """
    if claim.polarity == "negative" and claim.modality not in OPEN_MODALITIES:
        return "denied"
    if claim.modality != "asserted":
        return claim.modality
    return "reported" if claim.source else "asserted"


def best_standing(statement: Statement, claims: Mapping[str, Claim]) -> Standing:
    """The strongest standing among the claims of a statement.

    :raises KeyError: if a claim of the statement is not among ``claims``.
    """
    if statement.asserted:
        return "asserted"
    found = {standing_of(claims[id]) for id in statement.claims}
    return next(standing for standing in STANDINGS if standing in found)


def by_strength(graph: Graph) -> list[Statement]:
    """The strongest statements first: asserted, between actors, of many claims, of a strong event, and sure."""

    def key(statement: Statement) -> tuple[Any, ...]:
        event, things = statement.event, [graph.entities[id].kind for id in (statement.subject, statement.object)]
        return (
            STANDINGS.index(best_standing(statement, graph.claims)),
            event is None,
            things.count("thing"),
            -len(statement.claims),
            -abs((event and event.goldstein) or 0.0),
            -statement.confidence,
            statement.id,
        )

    return sorted(graph.statements, key=key)
