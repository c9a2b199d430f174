"""Classes of offices: "US secretary of state" and "minister for foreign affairs" are one class, "foreign minister".

The rules lie in ``data/roles.csv``, first match first, and are tried on folded titles. A rule with a country holds in
that country alone.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from kg.actors.folding import fold

RULES = Path(__file__).with_name("data") / "roles.csv"
GRACE = Path(__file__).with_name("data") / "grace.csv"
DAYS_OF_MONTH = 30.4


@dataclass(frozen=True, slots=True)
class RoleRule:
    """A pattern over folded titles, the class that it means, and that class's rank (0 to 100, heads of state 90)."""

    pattern: re.Pattern[str]
    country: str
    role: str
    rank: int


@cache
def role_rules() -> tuple[RoleRule, ...]:
    """The rules, in the order in which they are tried."""
    with RULES.open(encoding="utf8", newline="") as file:
        return tuple(
            RoleRule(re.compile(row["pattern"]), row["country"], row["role"], int(row["rank"]))
            for row in csv.DictReader(file)
        )


@cache
def role_rank(role: str) -> int:
    """How high an office ranks, 0 to 100.

    >>> role_rank("head of state") > role_rank("minister") > role_rank("no such role")
    True
    """
    return max((rule.rank for rule in role_rules() if rule.role == role), default=0)


@cache
def role_of(title: str, country: str | None = None) -> str:
    """The class of an office by its title, "official" when no rule knows it.

    >>> role_of("Minister for Foreign Affairs"), role_of("foreign secretary"), role_of("Secretary of State", "USA")
    ('foreign minister', 'foreign minister', 'foreign minister')
    >>> role_of("Prime Minister"), role_of("Deputy Prime Minister"), role_of("Keeper of the Seals")
    ('head of government', 'deputy', 'official')
    """
    folded = fold(title)
    for rule in role_rules():
        if (not rule.country or rule.country == country) and rule.pattern.search(folded):
            return rule.role
    return "official"


@cache
def _months() -> dict[str, int]:
    with GRACE.open(encoding="utf8", newline="") as file:
        return {row["role"]: int(row["months"]) for row in csv.DictReader(file)}


@cache
def grace(role: str, as_of: str) -> str:
    """The last day on which a term that was open on a day still counts, by ``data/grace.csv``, as ISO 8601 dates.

    >>> grace("head of state", "2022-07-19"), grace("ambassador", "2022-07-19")
    ('2023-01-17', '2022-07-19')
    """
    months = _months()
    parts = (*(int(part) for part in as_of.split("-")), 1, 1)
    return (date(*parts[:3]) + timedelta(days=round(months.get(role, months[""]) * DAYS_OF_MONTH))).isoformat()
