from __future__ import annotations

import pytest

from kg.actors.mentions import find_mentions

SAID = "said/VBD/ROOT/{}"


@pytest.fixture
def found(lookups):
    """The words, the type and the label or noun of each mention."""

    def run(doc):
        spots = find_mentions(doc, lookups.types)
        return [(s.text(doc), s.type, s.label or (s.noun.noun if s.noun else "")) for s in spots]

    return run


@pytest.mark.parametrize(
    ("sentence", "ents", "expected"),
    [
        # names of the recogniser, without article, possessive ending or title
        ("Mr/NNP/compound/2 Berg/NNP/nsubj/3 left/VBD/ROOT/3", {"Mr_Berg": "PERSON"}, [("Berg", "name", "PERSON")]),
        (
            "President/NNP/compound/3 Anna/NNP/compound/3 Berg/NNP/nsubj/4 left/VBD/ROOT/4",
            {"President_Anna_Berg": "PERSON"},
            [("Anna Berg", "name", "PERSON")],
        ),
        (
            "the/DT/det/2 Senate/NNP/nmod:poss/4 's/POS/case/2 vote/NN/nsubj/5 failed/VBD/ROOT/5",
            {"the_Senate_'s": "ORG"},
            [("Senate", "name", "ORG")],
        ),
        # names that only the knowledge base knows
        ("NTO/NNP/nsubj/2 met/VBD/ROOT/2", {}, [("NTO", "name", "")]),
        ("Arland/NNP/nsubj/2 won/VBD/ROOT/2", {}, [("Arland", "name", "")]),
        ("arland/NN/nsubj/2 won/VBD/ROOT/2", {}, []),
        # nationality adjectives are the country, their plurals its people
        (
            "He/PRP/nsubj/2 saw/VBD/ROOT/2 Arlish/JJ/amod/4 ships/NNS/obj/2",
            {},
            [("He", "pronoun", ""), ("Arlish", "name", "DEMONYM")],
        ),
        ("Arlish/NNPS/nsubj/2 won/VBD/ROOT/2", {}, [("Arlish", "name", "DEMONYMS")]),
        # nominals
        ("the/DT/det/2 alliance/NN/nsubj/3 met/VBD/ROOT/3", {}, [("the alliance", "nominal", "alliance")]),
        (
            "NTO/NNP/compound/2 members/NNS/nsubj/3 met/VBD/ROOT/3",
            {},
            [("NTO", "name", ""), ("NTO members", "nominal", "member")],
        ),
        (
            "leaders/NNS/nsubj/5 of/IN/case/4 NTO/NNP/compound/4 members/NNS/nmod/1 met/VBD/ROOT/5",
            {},
            [
                ("leaders of NTO members", "nominal", "leader"),
                ("NTO", "name", ""),
                ("NTO members", "nominal", "member"),
            ],
        ),
        (
            "Delegates/NNS/nsubj/4 from/IN/case/3 both/DT/nmod/1 met/VBD/ROOT/4",
            {},
            [("Delegates from both", "nominal", "delegate"), ("both", "nominal", "")],
        ),
        # what names nobody: negated, bare singular, title, modifier of another noun, common noun
        ("no/DT/det/2 country/NN/nsubj/3 left/VBD/ROOT/3", {}, []),
        ("They/PRP/nsubj/2 left/VBD/ROOT/2 office/NN/obj/2", {}, [("They", "pronoun", "")]),
        ("army/NN/compound/2 trucks/NNS/nsubj/3 left/VBD/ROOT/3", {}, []),
        ("the/DT/det/2 plan/NN/nsubj/3 failed/VBD/ROOT/3", {}, []),
        # "us" is a pronoun and "US" is not
        ("He/PRP/nsubj/2 told/VBD/ROOT/2 us/PRP/obj/2", {}, [("He", "pronoun", ""), ("us", "pronoun", "")]),
        ("the/DT/det/2 US/PRP/nsubj/3 left/VBD/ROOT/3", {}, []),
    ],
)
def test_what_is_a_mention(parsed, found, sentence, ents, expected):
    assert found(parsed(sentence, **ents)) == expected


def test_heads_are_distinct_and_spots_lie_in_the_text(parsed, lookups):
    doc = parsed("leaders/NNS/nsubj/5 of/IN/case/4 NTO/NNP/compound/4 members/NNS/nmod/1 met/VBD/ROOT/5")
    spots = find_mentions(doc, lookups.types)
    assert len({s.head for s in spots}) == len(spots)
    assert all(s.start <= s.head < s.end for s in spots)
    assert all(s.span(doc).of(doc.text) == s.text(doc) for s in spots)


def test_a_known_city_at_the_start_of_a_sentence_may_be_a_common_word(parsed, lookups):
    types = {"Reading": frozenset({"label"})}
    doc = parsed("Reading/NNP/nsubj/2 helps/VBZ/ROOT/2")
    assert find_mentions(doc, lambda name: types.get(name, frozenset())) == []
    doc = parsed("They/PRP/nsubj/2 reached/VBD/ROOT/2 Reading/NNP/obj/2")
    assert [s.text(doc) for s in find_mentions(doc, lambda name: types.get(name, frozenset()))] == ["They", "Reading"]


def test_a_known_name_within_a_longer_one(parsed, lookups):
    doc = parsed("Arvik/NNP/compound/3 State/NNP/compound/3 University/NNP/nsubj/4 closed/VBD/ROOT/0", **{
        "Arvik_State_University": "ORG"
    })  # fmt: skip
    within = [spot.text(doc) for spot in find_mentions(doc, lookups.types) if spot.within]
    assert within == ["Arvik"]


def test_no_name_within_that_of_another_place(parsed, lookups):
    doc = parsed("East/NNP/compound/3 Arvik/NNP/compound/3 Hospital/NNP/nsubj/4 closed/VBD/ROOT/0", **{
        "East_Arvik_Hospital": "ORG"
    })  # fmt: skip
    assert not [spot for spot in find_mentions(doc, lookups.types) if spot.within]
