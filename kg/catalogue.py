"""All rules by which articles are read: find one by name, hold it to its example, print the page that lists them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from typing import Any

from kg.errors import EvaluationError
from kg.grammar.rules import Registry, Rule
from kg.model import Claim, Participant

REGISTRIES = (
    "kg.grammar.corrections:CORRECTIONS",
    "kg.grammar.reanalyses:REANALYSES",
    "kg.grammar.clauses:CLAUSES",
    "kg.grammar.negation:NEGATION",
    "kg.grammar.modality:MODALITY",
    "kg.grammar.standing:STANDING",
    "kg.grammar.attribution.ways:ATTRIBUTION",
    "kg.claims.rules:CLAIMS",
    "kg.events.rules:EVENTS",
)
"""Where the registry of each stage stands, in the order in which an article goes through them."""


@cache
def registries() -> tuple[Registry[Any], ...]:
    """The registries of all stages, in the order in which an article goes through them."""
    places = (place.split(":") for place in REGISTRIES)
    return tuple(getattr(import_module(module), name) for module, name in places)


def all_rules() -> Iterator[Rule]:
    """Every rule, stage after stage."""
    for registry in registries():
        yield from registry.rules


def rule_named(name: str) -> Rule | None:
    """The rule with a name, if there is one."""
    return next((rule for rule in all_rules() if rule.name == name), None)


def checked(names: Iterable[str]) -> tuple[str, ...]:
    """Names of rules or stages, as they were given.

    :raises EvaluationError: if there is no rule and no stage of such a name.
    """
    known = {registry.stage for registry in registries()} | {rule.name for rule in all_rules()}
    unknown = [name for name in names if name not in known]
    if unknown:
        stages = ", ".join(registry.stage for registry in registries())
        raise EvaluationError(f"there is no rule {unknown[0]!r}; see docs/reference/rules.md; stages are {stages}")
    return tuple(names)


def fits(wanted: str, claims: Iterable[Claim]) -> bool:
    """Whether claims are as a rule's example wants them.

    A wanted claim is written ``subject | relation | object | words``, of which the last two may be left out, and ``*``
    stands for anything; words are a polarity, a modality, and ``source=``, ``event=``, ``ground=`` or an argument's
    role with a value (``source=-`` is the article's own voice, ``source=*`` anybody). ``not`` before it wants no such
    claim, and ``;`` parts several.

    >>> fits("Iran | attack | Iraq", [])
    False
    >>> fits("not Iran | attack | Iraq", [])
    True
    """
    claims = list(claims)
    for each in wanted.split(";"):
        line = each.strip()
        absent = line.startswith("not ")
        fields = [field.strip() for field in line.removeprefix("not ").split("|")]
        if absent == any(_is(fields, claim) for claim in claims):
            return False
    return True


def _is(fields: list[str], claim: Claim) -> bool:
    subject, lemma, thing, words = [*fields, *["*", "*", "*", ""][len(fields) :]]
    return (
        _names(subject, claim.subject)
        and lemma in ("*", claim.relation.lemma)
        and _names(thing, claim.object)
        and all(_says(word, claim) for word in words.split())
    )


def _names(wanted: str, participant: Participant | None) -> bool:
    if wanted == "*" or participant is None:
        return wanted in ("*", "-")
    return wanted.casefold() in (participant.name.casefold(), participant.text.casefold())


def _says(word: str, claim: Claim) -> bool:
    key, sign, value = word.partition("=")
    if not sign:
        return word in (claim.polarity, claim.modality)
    value = value.replace("_", " ")
    if key == "source":
        if value in ("-", "*"):
            return (claim.source is None) == (value == "-")
        return claim.source is not None and value in (claim.source.name, claim.source.text, claim.source.cue)
    if key == "event":
        return value == ("-" if claim.event is None else claim.event.type)
    if key == "ground":
        return value == (claim.ground or "-")
    return any(a.role == key and value in (a.text, a.value) for a in claim.arguments)


def page() -> str:
    """The catalogue of all rules in Markdown."""
    lines = [
        "# The rules",
        "",
        "This page is generated (`python -m kg.catalogue`), and a test compares it with the rules. Each claim lists",
        "the rules that made it, `kg extract --explain` prints them, and `kg eval TASK --without RULE` measures what",
        "one earns. Rules of a stage are applied in this order. The example of each holds with both pipelines, and",
        "without the rule it does not hold with one of them at least.",
    ]
    for registry in registries():
        lines += ["", f"## {registry.stage.capitalize()}", "", registry.what]
        for rule in registry.rules:
            lines += ["", f"### {rule.name}", "", rule.what]
            lines += ["", rule.why] if rule.why else []
            lines += ["", f"> {rule.example}", "", *(f"- `{each.strip()}`" for each in rule.gives.split(";"))]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(page(), end="")
