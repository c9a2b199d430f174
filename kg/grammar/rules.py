"""Rules: the named steps by which a sentence is read, kept in ordered registries, one for each stage.

A rule says in words what it does and why, and has one example sentence with a claim that it gives there; a test holds
every rule to its example. Claims list the rules that made them. With :func:`without` some rules are left out, so that
what each one earns can be measured (``kg eval TASK --without RULE``).
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from spacy.tokens import Doc, Token

F = TypeVar("F", bound=Callable[..., Any])
_LEFT_OUT: ContextVar[frozenset[str]] = ContextVar("rules left out", default=frozenset())
_TRACE = "kg_rules"


@dataclass(frozen=True, slots=True)
class Rule:
    """One named step of reading.

    ``gives`` is a claim that the rule is needed for in its ``example``, in the form of :func:`kg.catalogue.fits`.
    """

    name: str
    stage: str
    what: str
    why: str
    example: str
    gives: str

    @property
    def on(self) -> bool:
        """Whether the rule is applied: it is, unless it or its stage was left out by :func:`without`."""
        left_out = _LEFT_OUT.get()
        return not left_out or (self.name not in left_out and self.stage not in left_out)

    def note(self, doc: Doc, tokens: Iterable[int]) -> None:
        """Note that the rule had a part in reading some tokens, by index."""
        trace: dict[int, tuple[str, ...]] = doc.user_data.setdefault(_TRACE, {})
        for i in tokens:
            if self.name not in trace.get(i, ()):
                trace[i] = (*trace.get(i, ()), self.name)

    def fires(self, token: Token, *others: Token) -> bool:
        """Note the rule at some tokens, and be true; for conditions: ``if RULE.on and … and RULE.fires(verb):``."""
        self.note(token.doc, (token.i, *(other.i for other in others)))
        return True


@dataclass(frozen=True, slots=True)
class Step(Generic[F]):
    """A rule with the function that carries it out."""

    rule: Rule
    run: F


@dataclass(frozen=True, slots=True)
class Registry(Generic[F]):
    """The rules of one stage, in the order in which they are applied.

    ``steps`` have a function each; ``declared`` rules are carried out inside a larger function, which asks whether they
    are ``on``.

    >>> @step("greeting", example="Iran spoke.", gives="Iran | speak")
    ... def good_day(word: str) -> str:
    ...     '''Say good day.
    ...
    ...     It is polite.
    ...     '''
    ...     return f"good day, {word}"
    >>> registry = Registry("greeting", "how words are greeted", (good_day,))
    >>> [(rule.name, rule.why) for rule in registry.rules]
    [('good day', 'It is polite.')]
    """

    stage: str
    what: str
    steps: tuple[Step[F], ...] = ()
    declared: tuple[Rule, ...] = ()

    @property
    def rules(self) -> tuple[Rule, ...]:
        """All rules of the stage."""
        return (*(found.rule for found in self.steps), *self.declared)

    @property
    def active(self) -> Iterator[Step[F]]:
        """The steps that were not left out."""
        return (found for found in self.steps if found.rule.on)


def step(stage: str, *, example: str, gives: str, name: str = "") -> Callable[[F], Step[F]]:
    """Make a function a rule; its docstring says what it does and, in the paragraphs that follow, why."""

    def made(function: F) -> Step[F]:
        what, _, why = (inspect.getdoc(function) or "").partition("\n\n")
        words = name or function.__name__.strip("_").replace("_", " ")
        return Step(Rule(words, stage, " ".join(what.split()), " ".join(why.split()), example, gives), function)

    return made


@contextmanager
def without(*names: str) -> Generator[None, None, None]:
    """Leave out rules, or whole stages, by name, for all Docs that are read inside.

    >>> with without("passive"):
    ...     is_left_out("passive")
    True
    """
    token = _LEFT_OUT.set(_LEFT_OUT.get() | frozenset(names))
    try:
        yield
    finally:
        _LEFT_OUT.reset(token)


def is_left_out(*names: str) -> bool:
    """Whether one of some rules was left out by :func:`without`."""
    return not _LEFT_OUT.get().isdisjoint(names)


def rules_at(doc: Doc, *tokens: Token) -> tuple[str, ...]:
    """The names of the rules that had a part in reading some tokens, in the order in which they did."""
    trace: dict[int, tuple[str, ...]] = doc.user_data.get(_TRACE, {})
    return tuple(dict.fromkeys(name for token in tokens for name in trace.get(token.i, ())))
