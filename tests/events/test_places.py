"""Where events took place: sentences through the bundled pipeline, with the place of the claim that has an event."""

from __future__ import annotations

import pytest
from spacy.language import Language

from kg.language.pipeline import load_pipeline

CASES = """
The rebels shot at protesters in Kabul.                        ASSAULT   Kabul
The rebels attacked the city of Aleppo.                         ASSAULT   city of Aleppo
Barack Obama visited Berlin.                                   CONSULT   Berlin
Police arrested three students near Nairobi.                   COERCE    Nairobi
Germany condemned the rebels in Mali.                          ACCUSE    -
France sent food to refugees in Lebanon.                       AID       -
"""


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline("small")


@pytest.mark.parametrize("case", CASES.strip().splitlines())
def test_the_place_is_where_it_was_done(nlp: Language, case: str) -> None:
    sentence, type, place = case[:63].strip(), *case[63:].split(maxsplit=1)
    doc = nlp(sentence)
    found = {doc._.entities[c.place].name if c.place else "-" for c in doc._.claims if c.event and c.event.type == type}
    assert place in found
    assert found <= {place, "-"}


def test_the_place_of_a_statement_is_not_that_of_what_it_is_about(nlp: Language) -> None:
    doc = nlp("Olaf Scholz said in Warsaw that the army had attacked rebels near Donetsk.")
    places = {c.relation.lemma: c.place and doc._.entities[c.place].name for c in doc._.claims}
    assert places["attack"] == "Donetsk"
    assert "Warsaw" not in {place for lemma, place in places.items() if not lemma.startswith("say")}
