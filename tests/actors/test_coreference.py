# ruff: noqa: E501  a parsed sentence stays on one line
from __future__ import annotations

import pytest

from kg.grammar.attribution import Quotation

BERG = (
    "President/NNP/nmod:desc/3 Anna/NNP/compound/3 Berg/NNP/nsubj/4 met/VBD/ROOT/4 Ivo/NNP/compound/6 Costa/NNP/obj/4"
)
PEOPLE = {"Anna_Berg": "PERSON", "Ivo_Costa": "PERSON", "Berg": "PERSON", "Costa": "PERSON"}


@pytest.mark.parametrize(
    ("sentences", "ents", "words", "entity"),
    [
        # names
        ([BERG, "Berg/NNP/nsubj/2 left/VBD/ROOT/2"], PEOPLE, "Berg", "Anna Berg"),
        (["Berg/NNP/nsubj/2 left/VBD/ROOT/2", BERG], PEOPLE, "Berg", "Anna Berg"),
        # appositions and titles
        (
            ["The/DT/det/3 Arlish/JJ/amod/3 president/NN/nsubj/8 ,/,/punct/3 Anna/NNP/compound/6 Berg/NNP/appos/3 "
             ",/,/punct/3 left/VBD/ROOT/8"],
            PEOPLE, "The Arlish president", "Anna Berg",
        ),
        (
            ["Anna/NNP/compound/2 Berg/NNP/nsubj/8 ,/,/punct/2 the/DT/det/6 Arlish/JJ/amod/6 president/NN/dep/2 "
             ",/,/punct/2 left/VBD/ROOT/8"],
            PEOPLE, "the Arlish president", "Anna Berg",
        ),
        # no apposition in a list
        (
            ["The/DT/det/2 president/NN/nsubj/9 ,/,/punct/2 Anna/NNP/compound/5 Berg/NNP/conj/2 ,/,/punct/8 and/CC/cc/8 "
             "Costa/NNP/conj/2 left/VBD/ROOT/9"],
            PEOPLE, "The president", "president",
        ),
        # offices: in the article, at the article's date, unknown
        ([BERG, "The/DT/det/2 president/NN/nsubj/3 left/VBD/ROOT/3"], PEOPLE, "The president", "Anna Berg"),
        (
            ["The/DT/det/4 Bese/JJ/amod/4 foreign/JJ/amod/4 minister/NN/nsubj/5 left/VBD/ROOT/5 Besland/NNP/obj/5"],
            {}, "The Bese foreign minister", "Lena Moor",
        ),
        (
            ["The/DT/det/3 Arlish/JJ/amod/3 ambassador/NN/nsubj/4 left/VBD/ROOT/4"],
            {}, "The Arlish ambassador", "Arlish ambassador",
        ),
        (
            ["Arlish/JJ/amod/2 President/NNP/nmod:desc/4 Anna/NNP/compound/4 Berg/NNP/nsubj/5 met/VBD/ROOT/5 "
             "her/PRP$/nmod:poss/8 Bese/JJ/amod/8 counterpart/NN/obj/5"],
            PEOPLE, "her Bese counterpart", "Ivo Costa",
        ),
        # "the country": the last in the sentence rather than the subject above; the subject of a coordinated clause
        (
            ["Arland/NNP/nsubj/2 fears/VBZ/ROOT/2 war/NN/obj/2 with/IN/case/5 Besland/NNP/nmod/3 if/IN/mark/9 the/DT/det/8 "
             "country/NN/nsubj/9 arms/VBZ/advcl/2"],
            {}, "the country", "Besland",
        ),
        (
            ["Arland/NNP/nsubj/2 massed/VBD/ROOT/2 ships/NNS/obj/2 near/IN/case/7 the/DT/det/7 Bese/JJ/amod/7 coast/NN/nmod/3 "
             "and/CC/cc/11 the/DT/det/10 country/NN/nsubj/11 sent/VBD/conj/2 planes/NNS/obj/11"],
            {}, "the country", "Arland",
        ),
        (
            ["The/DT/det/2 country/NN/nsubj/3 thanked/VBD/ROOT/3 Arland/NNP/obj/3"],
            {}, "The country", "country",
        ),
        # a city stands for its country
        (
            ["She/PRP/nsubj/2 flew/VBD/ROOT/2 to/IN/case/4 Arvik/NNP/obl/2", "The/DT/det/2 country/NN/nsubj/3 agreed/VBD/ROOT/3"],
            {}, "The country", "Arland",
        ),
        # "the alliance" by the words of a name, even if the acronym is what was written
        (
            ["NTO/NNP/nsubj/2 met/VBD/ROOT/2 Arland/NNP/obj/2", "The/DT/det/2 organization/NN/nsubj/3 left/VBD/ROOT/3"],
            {}, "The organization", "Northern Treaty Organization",
        ),
        (
            ["NTO/NNP/nsubj/2 met/VBD/ROOT/2 Arland/NNP/obj/2", "The/DT/det/2 alliance/NN/nsubj/3 left/VBD/ROOT/3"],
            {}, "The alliance", "Northern Treaty Organization",
        ),
        # pairs
        (
            ["Talks/NNS/nsubj/2 began/VBD/ROOT/2 between/IN/case/4 Arland/NNP/obl/2 and/CC/cc/6 NTO/NNP/conj/4",
             "Delegates/NNS/nsubj/4 from/IN/case/3 both/DT/nmod/1 met/VBD/ROOT/4"],
            {}, "both", "Arland and Northern Treaty Organization",
        ),
        (
            ["Arlish/JJ/amod/2 troops/NNS/nsubj/3 fought/VBD/ROOT/3 Besland/NNP/obj/3",
             "The/DT/det/3 two/CD/nummod/3 countries/NNS/nsubj/4 agreed/VBD/ROOT/4"],
            {}, "The two countries", "Arland and Besland",
        ),
        # groups and parts
        (["NTO/NNP/compound/2 members/NNS/nsubj/3 met/VBD/ROOT/3"], {}, "NTO members", "NTO members"),
        (
            ["Arlish/JJ/amod/2 troops/NNS/nsubj/3 left/VBD/ROOT/3", "The/DT/det/2 troops/NNS/nsubj/3 returned/VBD/ROOT/3"],
            {}, "The troops", "Arlish troops",
        ),
        (["Arland/NNP/nsubj/2 called/VBD/ROOT/2 its/PRP$/nmod:poss/4 allies/NNS/obj/2"], {}, "its allies", "allies of Arland"),
        # pronouns
        ([BERG, "She/PRP/nsubj/2 left/VBD/ROOT/2"], PEOPLE, "She", "Anna Berg"),
        (
            ["Arland/NNP/nsubj/2 said/VBD/ROOT/2 it/PRP/nsubj/4 left/VBD/ccomp/2"],
            {}, "it", "Arland",
        ),
        (
            ["Arland/NNP/nsubj/2 said/VBD/ROOT/2 Besland/NNP/nsubj/4 broke/VBD/ccomp/2 its/PRP$/nmod:poss/6 word/NN/obj/4"],
            {}, "its", "Besland",
        ),
        (
            ["Leaders/NNS/nsubj/4 of/IN/case/3 NTO/NNP/nmod/1 said/VBD/ROOT/4 they/PRP/nsubj/6 left/VBD/ccomp/4"],
            {}, "they", "Leaders of NTO",
        ),
        (
            ["Anna/NNP/compound/2 Berg/NNP/nsubj/6 and/CC/cc/5 Ivo/NNP/compound/5 Costa/NNP/conj/2 met/VBD/ROOT/6",
             "They/PRP/nsubj/2 agreed/VBD/ROOT/2"],
            PEOPLE, "They", "Anna Berg and Ivo Costa",
        ),
        (
            ["Berg/NNP/nsubj/2 told/VBD/ROOT/2 Costa/NNP/obj/2 that/IN/mark/6 she/PRP/nsubj/6 thanked/VBD/ccomp/2 him/PRP/obj/6", BERG],
            PEOPLE, "him", "Ivo Costa",
        ),
    ],
)  # fmt: skip
def test_whom_words_mean(parsed, resolved, sentences, ents, words, entity):
    assert resolved(parsed(*sentences, **ents))[words].name == entity


@pytest.mark.parametrize(
    ("sentence", "pronoun"),
    [
        ("He/PRP/nsubj/2 left/VBD/ROOT/2", "He"),
        ("Arland/NNP/nsubj/2 thanked/VBD/ROOT/2 him/PRP/obj/2", "him"),
        ("Arland/NNP/nsubj/2 thanked/VBD/ROOT/2 it/PRP/obj/2", "it"),
        ("It/PRP/nsubj/3 is/VBZ/cop/3 clear/JJ/ROOT/3", "It"),
        ("The/DT/det/2 plan/NN/nsubj/3 failed/VBD/ROOT/3 and/CC/cc/6 it/PRP/nsubj/6 ended/VBD/conj/3", "it"),
        ("We/PRP/nsubj/2 left/VBD/ROOT/2 Arland/NNP/obj/2", "We"),
    ],
)
def test_a_pronoun_without_a_clear_actor_stays_unresolved(parsed, resolved, sentence, pronoun):
    assert pronoun not in resolved(parsed(sentence))


def test_a_predicate_is_no_mention(parsed, resolved):
    doc = parsed("Arland/NNP/nsubj/2 became/VBD/ROOT/2 a/DT/det/5 NTO/NNP/compound/5 member/NN/obj/2")
    assert set(resolved(doc)) == {"Arland", "NTO"}


def quotation(doc, words: str, speaker: str) -> Quotation:
    inside = [t.i for t in doc if t.text in words.split()]
    return Quotation(doc[min(inside) : max(inside) + 1], next(t for t in doc if t.text == speaker))


def test_we_is_the_country_that_the_speaker_speaks_for(parsed, resolved):
    doc = parsed(
        "Arlish/JJ/amod/2 President/NNP/nmod:desc/4 Anna/NNP/compound/4 Berg/NNP/nsubj/5 spoke/VBD/ROOT/5",
        "We/PRP/nsubj/2 want/VBP/ccomp/9 peace/NN/obj/2 and/CC/cc/6 I/PRP/nsubj/6 hope/VBP/conj/2 ,/,/punct/9 "
        "Berg/NNP/nsubj/9 said/VBD/ROOT/9",
        Anna_Berg="PERSON",
        Berg="PERSON",
    )
    entities = resolved(doc, quoted=[quotation(doc, "We want peace and I hope", "said")])
    assert "We" not in entities, "a verb is no speaker"
    entities = resolved(doc, quoted=[Quotation(doc[5:11], doc[12])])
    assert entities["We"].name == "Arland"
    assert entities["I"].name == "Anna Berg"


def test_he_in_a_quotation_is_not_its_speaker(parsed, resolved):
    doc = parsed(
        "Zef/NNP/compound/2 Umbra/NNP/nsubj/3 met/VBD/ROOT/3 Qor/NNP/compound/5 Vint/NNP/obj/3",
        "He/PRP/nsubj/2 lied/VBD/ccomp/5 ,/,/punct/5 Vint/NNP/nsubj/5 said/VBD/ROOT/5",
        Zef_Umbra="PERSON",
        Qor_Vint="PERSON",
        Vint="PERSON",
    )
    assert resolved(doc, quoted=[Quotation(doc[5:7], doc[8])])["He"].name == "Zef Umbra"
    assert "He" not in resolved(doc, quoted=[Quotation(doc[5:7], doc[1])])  # not its speaker, nor surely the other


@pytest.mark.parametrize(("pronoun", "name"), [("She", "Anna Berg"), ("He", "Ivo Costa")])
def test_first_names_tell_gender(parsed, resolved, pronoun, name):
    assert resolved(parsed(BERG, f"{pronoun}/PRP/nsubj/2 left/VBD/ROOT/2", **PEOPLE))[pronoun].name == name


def test_parts_know_their_whole(parsed, resolved):
    entities = resolved(
        parsed(
            "leaders/NNS/nsubj/5 of/IN/case/4 NTO/NNP/compound/4 members/NNS/nmod/1 met/VBD/ROOT/5 Arlish/JJ/amod/7 troops/NNS/obj/5"
        )
    )
    assert entities["leaders of NTO members"].part_of == entities["NTO members"].id
    assert entities["NTO members"].part_of == "Q3"
    assert entities["Arlish troops"].part_of == "Q1"
    assert entities["Arlish troops"].kind == "group"


def test_bare_groups_of_two_sentences_are_not_merged(parsed, resolved, lookups):
    from kg.actors.coreference import resolve
    from kg.model import Article

    doc = parsed(
        "Arland/NNP/nsubj/2 sent/VBD/ROOT/2 troops/NNS/obj/2", "Besland/NNP/nsubj/2 sent/VBD/ROOT/2 troops/NNS/obj/2"
    )
    scene = resolve(doc, article=Article(id="a", text=doc.text), lookups=lookups, quoted=[])
    assert scene.resolved[2].entity != scene.resolved[5].entity
