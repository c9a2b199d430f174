from __future__ import annotations

import pytest

from kg.actors.chain_mentions import Reader
from kg.actors.chains import chains, may_mean, weights
from kg.grammar.noun_phrases import coordination, phrase
from kg.grammar.tree import tree_of
from kg.language.pipeline import load_bare_pipeline


def chained(doc):
    return [[doc[m.start : m.end].text for m in chain] for chain in chains(doc) if len(chain) > 1]


@pytest.fixture(scope="module")
def nlp():
    made = load_bare_pipeline()
    made.add_pipe("kg_actors")
    return made


def words_of(doc, i):
    start, end = phrase(tree_of(doc), doc[i])
    return doc[start:end].text


def test_a_phrase_holds_its_modifiers_but_not_its_preposition_and_conjuncts(parsed):
    doc = parsed(
        "with/IN/case/3 the/DT/det/3 leaders/NNS/ROOT/0 of/IN/case/5 NATO/NNP/nmod/3 and/CC/cc/7 Kyiv/NNP/conj/5"
        " who/WP/nsubj/9 fled/VBD/acl:relcl/3"
    )
    assert words_of(doc, 2) == "the leaders of NATO and Kyiv who fled"
    assert words_of(doc, 4) == "NATO"


def test_of_a_predicate_only_the_noun_phrase_counts(parsed):
    doc = parsed("So/RB/advmod/5 he/PRP/nsubj/5 was/VBD/cop/5 the/DT/det/5 envoy/NN/ROOT/0 then/RB/advmod/5")
    assert words_of(doc, 4) == "the envoy"


def test_an_adverb_before_the_preposition_is_outside(parsed):
    doc = parsed("He/PRP/nsubj/2 slept/VBD/ROOT/0 only/RB/advmod/5 in/IN/case/5 Kyiv/NNP/obl/2")
    assert words_of(doc, 4) == "Kyiv"


def test_a_coordination_is_a_mention_of_its_own(parsed):
    doc = parsed("Kyiv/NNP/nsubj/4 and/CC/cc/3 Minsk/NNP/conj/1 met/VBD/ROOT/0")
    members = coordination(tree_of(doc), doc[0])
    assert [member.text for member in members or ()] == ["Minsk"]
    assert coordination(tree_of(doc), doc[2]) is None


def test_things_that_are_no_actors_are_chained(nlp):
    assert chained(nlp("The study was small. The study had no control, so it failed.")) == [
        ["The study", "The study", "it"]
    ]


def test_a_chain_makes_no_entity(nlp):
    doc = nlp("The study was small. The study had no control, so it failed.")
    assert chains(doc)
    assert not doc._.entities


def test_the_narrator_is_one_chain(nlp):
    [chain] = chained(nlp("I was born here. My father left when I was ten."))
    assert chain == ["I", "My", "I"]


@pytest.mark.parametrize(("pronoun", "fits"), [("she", False), ("he", True), ("it", False)])
def test_gender_and_animacy_bar_pronouns(nlp, pronoun, fits):
    mentions = Reader(nlp(f"The father left and {pronoun} slept.")).mentions()
    father = next(m for m in mentions if m.lemma == "father")
    other = next(m for m in mentions if m.pronoun == pronoun)
    assert may_mean(other, father) is fits


def test_chains_are_the_same_again(nlp):
    text = "Ms. Berg met the minister. She said the minister had told her of it."
    assert chained(nlp(text)) == chained(nlp(text))


def test_every_weight_is_of_a_known_family():
    forms = {"name", "def", "demo", "poss", "indef", "num", "bare", "coord", "N", "P", "new"}
    pronouns = {"I", "we", "you", "he", "she", "it", "they", "this"}
    assert {name.partition("|")[0] for name in weights()} <= forms | pronouns
