"""The rules of the stage that makes claims of clauses and noun phrases."""

from __future__ import annotations

from collections.abc import Callable

from kg.grammar.rules import Registry, Rule

STAGE = "claims"


def _rule(name: str, what: str, why: str, *, example: str, gives: str) -> Rule:
    return Rule(name, STAGE, what, why, example, gives)


CLAIMS: Registry[Callable[..., None]] = Registry(
    STAGE,
    "Make claims of clauses and noun phrases; a claim is made by all rules of this stage that it lists.",
    declared=(
        _rule(
            "verb",
            "Make a claim of a verb with its subject and each object, or each prepositional argument.",
            "",
            example="Iran rejected the talks.",
            gives="Iran | reject | talks",
        ),
        _rule(
            "copula",
            "Make a claim of what somebody is said to be, where, or of which quality.",
            "",
            example="Hungary is a member of NATO.",
            gives="Hungary | member of | NATO",
        ),
        _rule(
            "passive",
            "Take the agent of a passive for who acts, and its subject for whom it is done to.",
            "",
            example="The offer was rejected by Iran.",
            gives="Iran | reject | offer",
        ),
        _rule(
            "passive without agent",
            "Make a claim of what is done to somebody though the text does not say by whom.",
            "",
            example="Iraq was invaded in 2003.",
            gives="Iraq | be invaded | -",
        ),
        _rule(
            "shared subject",
            "Make a claim of a clause whose subject stands in a larger clause.",
            "",
            example="Iran attacked Iraq and seized the port.",
            gives="Iran | seize | port",
        ),
        _rule(
            "chain",
            "Join a verb that only shades another to its relation.",
            "What was tried or refused is another relation than what was done.",
            example="France tried to stop the war.",
            gives="France | try to stop | war",
        ),
        _rule(
            "third party",
            "Relate the subject to an actor that a preposition or an indirect object adds to a verb and its object.",
            "",
            example="Turkey sold drones to Ukraine.",
            gives="Turkey | sell drones to | Ukraine",
        ),
        _rule(
            "reciprocal",
            "Relate coordinated subjects of a verb that takes two sides to each other.",
            "",
            example="France and Germany met in Paris.",
            gives="France | meet with | Germany",
        ),
        _rule(
            "title",
            "Make a claim of the office that a title or an apposition gives a person.",
            "",
            example="French President Emmanuel Macron arrived.",
            gives="Emmanuel Macron | president of | France",
        ),
        _rule(
            "apposition",
            "Make a claim of what a named actor is to another by its apposition.",
            "",
            example="Marta Nowak, a rival of Viktor Orban in the vote, flew to Prague.",
            gives="Marta Nowak | rival of | Viktor Orbán",
        ),
        _rule(
            "cause",
            "Take the weapon or act of force in which something was destroyed or somebody hurt for what did it.",
            "A passive names no doer, and the strike is what an analyst asks for.",
            example="Two Iranian depots were destroyed in an air strike.",
            gives="air strike | destroy | Two Iranian depots",
        ),
        _rule(
            "event noun",
            "Make a claim of an event that a noun tells of with two actors.",
            "",
            example="Envoys condemned Iran's attack on Iraq.",
            gives="Iran | attack on | Iraq",
        ),
        _rule(
            "received",
            'Take who is named after "from" or "by" for who acts where the subject receives or undergoes it.',
            'The subject of "receive" or "come under" is the one to whom it is done.',
            example="Ghana received a warning from Nigeria.",
            gives="Nigeria | warning to | Ghana",
        ),
        _rule(
            "casualties",
            "Make a claim of the act in which somebody was killed or wounded by nobody named.",
            "Who was killed, where and when is what an event of force is known by.",
            example="Nine soldiers died in an ambush near Mosul.",
            gives="* | kill | Nine soldiers",
        ),
        _rule(
            "inferred target",
            "Aim a threat, demand, accusation, rejection or promise that names nobody at the actors of its content, or "
            "at the owner of its object.",
            "No grammatical argument names whom it is meant for; the target is marked as inferred.",
            example="Iran rejected Russian demands.",
            gives="Iran | reject | Russia",
        ),
    ),
)
