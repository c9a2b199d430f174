"""Weapons, amounts and hours; each case is tagged words, and the names in it are bracketed with their labels."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.language.things import make_things, name_things

LEMMAS = {"tanks": "tank", "missiles": "missile", "systems": "system", "shells": "shell", "drones": "drone",
          "rounds": "round", "launchers": "launcher", "weapons": "weapon", "guns": "gun", "fighters": "fighter",
          "rockets": "rocket"}  # fmt: skip


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.blank("en")


def parsed(nlp: Language, tagged: str) -> tuple[Doc, list[tuple[str, str]]]:
    """A Doc from words such as "31/CD [tanks/NNS WEAPON]", and the names in brackets; "~" glues a word to the last."""
    words, spaces, tags, names, start = list[str](), list[bool](), list[str](), list[tuple[int, int, str]](), 0
    for piece in tagged.split():
        if piece.startswith("["):
            start = len(words)
        if piece.endswith("]") and "/" not in piece:
            names.append((start, len(words), piece.rstrip("]")))
            continue
        word, _, tag = piece.lstrip("[").rpartition("/")
        if word.startswith("~"):
            spaces[-1], word = False, word[1:]
        words.append(word)
        spaces.append(True)
        tags.append(tag)
    doc = Doc(nlp.vocab, words=words, spaces=spaces, tags=tags, lemmas=[LEMMAS.get(word, word) for word in words])
    return doc, [(doc[s:e].text, label) for s, e, label in names]


@pytest.mark.parametrize(
    "tagged",
    [
        "worth/JJ [$/$ 1.5/CD billion/CD MONEY]",
        "worth/JJ [$/$ 1.5bn/CD MONEY] or/CC [£/$ ~20m/CD MONEY]",
        "[300/CD million/CD rubles/NNS MONEY] and/CC [5/CD euros/NNS MONEY]",
        "[EUR/NNP 20/CD MONEY] ,/, [20/CD USD/NNP MONEY]",
        "up/RB [12/CD percent/NN PERCENT] to/IN [7/CD ~%/NN PERCENT] ,/, [2/CD percentage/NN points/NNS PERCENT]",
        "a/DT [10/CD ~-/HYPH ~kilometer/NN QUANTITY] convoy/NN",
        "[15/CD to/TO 20/CD square/JJ miles/NNS QUANTITY]",
        "at/IN [5:30/CD pm/NN GMT/NNP TIME] or/CC at/IN [noon/NN TIME]",
        "within/IN [24/CD hours/NNS TIME]",
        "[two/CD hundred/CD forty/CD CARDINAL] men/NNS and/CC [dozens/NNS CARDINAL] of/IN cars/NNS",
        "at/IN least/JJS [10/CD CARDINAL] people/NNS",
        "for/IN 3/CD days/NNS since/IN 2014/CD",
        "a/DT 15/CD ~-/HYPH ~year/NN ~-/HYPH ~old/JJ boy/NN",
        "Article/NNP 5/CD ,/, (/-LRB- 12/CD )/-RRB- ,/, on/IN 5/CD November/NNP",
        "no/DT one/CD and/CC one/CD of/IN them/PRP",
    ],
)
def test_amounts(nlp: Language, tagged: str) -> None:
    doc, names = parsed(nlp, tagged)
    assert [(name.text, name.label_) for name in name_things(doc).ents] == names


@pytest.mark.parametrize(
    "tagged",
    [
        "[chemical/JJ weapons/NNS WEAPON] and/CC new/JJ [anti-tank/JJ missiles/NNS WEAPON]",
        "the/DT [missile/NN systems/NNS WEAPON] after/IN the/DT missile/NN strike/NN",
        "[S-400/NNP missile/NN systems/NNS WEAPON] and/CC [S-400/NNP WEAPON]",
        "S-400/NNP was/VBD late/JJ on/IN the/DT M25/NNP",
        "two/JJ [F-16s/NNS WEAPON] ,/, [F-16/NNP WEAPON]",
        "[T-72/NNP tanks/NNS WEAPON] fill/VBP their/PRP$ tanks/NNS",
        "[missiles/NNS WEAPON] ,/, [tanks/NNS WEAPON] and/CC a/DT [tank/NN WEAPON]",
        "[mortar/NN shells/NNS WEAPON] but/CC sea/NN shells/NNS",
        "[heavy/JJ machine/NN guns/NNS WEAPON]",
        "a/DT new/JJ round/NN of/IN talks/NNS with/IN open/JJ arms/NNS",
        "[rocket/NN ~-/HYPH ~propelled/VBN grenade/NN WEAPON]",
        "[IEDs/NNS WEAPON] for/IN Sam/NNP Lance/NNP",
    ],
)
def test_weapons(nlp: Language, tagged: str) -> None:
    doc, names = parsed(nlp, tagged)
    assert [(name.text, name.label_) for name in name_things(doc).ents] == names


def test_names_stay_and_tell_whose_a_tank_is(nlp: Language) -> None:
    doc, _ = parsed(nlp, "Iraqi/JJ tanks/NNS met/VBD fighters/NNS on/IN Feb./NNP 24/CD")
    doc.ents = [Span(doc, 0, 1, label="NORP"), Span(doc, 5, 7, label="DATE")]
    assert [(name.text, name.label_) for name in make_things(nlp, "kg_things")(doc).ents] == [
        ("Iraqi", "NORP"), ("tanks", "WEAPON"), ("Feb. 24", "DATE"),
    ]  # fmt: skip
