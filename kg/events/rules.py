"""The rules of the stage that codes claims as events."""

from __future__ import annotations

from collections.abc import Callable

from kg.grammar.rules import Registry, Rule

STAGE = "events"


def _rule(name: str, what: str, why: str, *, example: str, gives: str) -> Rule:
    return Rule(name, STAGE, what, why, example, gives)


CODED = _rule(
    "event coded",
    "Give a claim the PLOVER type of its predicate and what stands with it.",
    "",
    example="Norway threatened Iran.",
    gives="Norway | threaten | Iran | event=THREATEN",
)
UNDERGONE = _rule(
    "event undergone",
    "Code what is done by force to somebody though nobody is named who did it.",
    "An arrest or a killing is an event whoever did it; a death in an accident is none.",
    example="Three reporters were arrested in Cairo.",
    gives="Three reporters | be arrested in | * | event=COERCE",
)
TARGET = _rule(
    "event target",
    "Add the actor whom an event is aimed at, from the claim's own phrase, where its object is a thing.",
    "An event is between two actors: who lifts a boycott of somebody does it to them.",
    example="Brazil criticised a law of Chile.",
    gives="Brazil | criticise | law of Chile | target=Chile",
)
PLACE = _rule(
    "event place",
    "Add the place of an act of force, a protest or a visit from those to whom it is done.",
    "Which of the words a place hangs below is a guess of the parse.",
    example="The rebels attacked a convoy near Kabul.",
    gives="rebels | attack | * | place=Kabul",
)
TIME = _rule(
    "event time",
    "Date an event by the clause that it is part of, where its own words give no time.",
    "What is told in one breath is told of one day.",
    example="The envoy arrived in Cairo on Friday and met Iranian officials.",
    gives="envoy | meet | Iranian officials | time=2024-03-01",
)
EVENTS: Registry[Callable[..., None]] = Registry(
    STAGE,
    "Code claims as events: type, target, place and time.",
    declared=(CODED, UNDERGONE, TARGET, PLACE, TIME),
)
