"""Who speaks outside of quotation marks."""

from __future__ import annotations

from kg.actors.chain_mentions import Reader


def spoken(doc):
    reader = Reader(doc, actor_at=lambda i: None, quoted=())
    return {token.text: doc[head].text for token in doc if (head := reader.speaker(token)) >= 0}


def test_a_person_who_says_the_own_name(parsed):
    doc = parsed("I/PRP/nsubj/3 am/VBP/cop/3 Zef/NNP/ROOT/0 ./././3", Zef="PERSON")
    assert spoken(doc)["I"] == "Zef"


def test_a_name_and_a_colon(parsed):
    doc = parsed("Zef/NNP/parataxis/4 :/:/punct/1 I/PRP/nsubj/4 left/VBD/ROOT/0 ./././4", Zef="PERSON")
    assert spoken(doc)["I"] == "Zef"


def test_nobody_where_the_text_does_not_tell(parsed):
    doc = parsed("I/PRP/nsubj/2 met/VBD/ROOT/0 Zef/NNP/obj/2 ./././2", Zef="PERSON")
    assert spoken(doc) == {}
