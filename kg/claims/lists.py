"""The closed lists of words that rules of this room ask for, from ``lists.tsv``; each row names its source.

==========================  ==========================================================================================
list                        what its words do
==========================  ==========================================================================================
scene preposition           says where or under what something happens, never to whom ("in", "under")
direction preposition       says where an actor is drawn or driven to ("into war")
preposition of a goal       leads to a place as to a party ("sent aid to Gaza")
preposition of a cause      names by what somebody was killed or something destroyed ("in an air strike")
harming verb                what weapons and acts of force do to people and buildings
relating preposition        can join a predicate to whom it concerns ("with", "against")
place relation preposition  the same, but only before a place
place preposition           can say where something happens
condition mark              opens a condition ("if", "unless")
no argument                 an adverb that says nothing of manner ("not", "also")
deictic place               an adverb that points at a place ("there")
ended office                before a title: an office no longer held ("former")
no part of an office        before a title: says nothing of the office itself ("new")
quality of an office        an adjective that is part of an office's name ("foreign", "prime")
rank                        an honorific or military rank, which is no office of a country by itself ("ayatollah")
office preposition          joins an office or relation to whom it concerns ("ally of", "envoy to")
office that a rank ends     a noun before "general" that makes the two an office ("attorney general")
office that opens by rank   a noun that "first", "second" before it belong to ("first lady", "first minister")
locating preposition        says where a thing is ("the base in Syria")
determiner                  no part of a thing's name ("the", "its")
pair preposition            holds its objects together ("between Chad and Sudan")
provision verb              gives its object what "with" names ("supply the Kurds with rifles")
word of speaking            speaks with somebody or to all ("talk")
aiming verb                 sends what it sends at somebody ("fire rockets at")
appraisal verb              takes its object for what "as" names ("sees Ethiopia as a threat")
armed thing                 a vessel, weapon, vehicle or act of force that does or suffers what a state or group does
act of force                in which somebody is killed by somebody, named or not ("strike", "clash")
authority                   a court, verdict, law or decision, which acts for those who made it
plural noun of dealings     a noun of what two do that is spoken of in the plural ("talks")
noun of number              says how many of what "of" names after it ("a series of launches")
noun of leaving             a noun of an act whose "from" names what is left ("withdrawal from")
object noun                 a noun of an act that may have what it is done with before it ("missile launch")
receiving verb              has whom something is done to or given to as its subject ("receive", "get")
suffering verb              the same, of what is done by others ("face criticism from", "draw fire from")
state under an act          is under what its "under" names ("came under attack")
victim noun                 a noun of an act whose "of" names whom it was done to ("the murder of")
audience preposition        says to whom or where somebody speaks who speaks to no partner ("at the summit")
==========================  ==========================================================================================
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("lists.tsv")


def listed(name: str) -> frozenset[str]:
    """The words of one list.

    :raises KeyError: if there is no such list.

    >>> "under" in listed("scene preposition")
    True
    """
    return _lists()[name]


@cache
def _lists() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    with TABLE.open(encoding="utf8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            found.setdefault(row["list"], set()).add(row["word"])
    return {name: frozenset(words) for name, words in found.items()}
