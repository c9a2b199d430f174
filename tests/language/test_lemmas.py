"""The lemmas of verbs, auxiliaries and nouns whose spelling or tag says which of two they are."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from kg.language.lemmas import TagLemmatizer
from kg.language.pipeline import load_pipeline


@pytest.fixture(scope="module")
def lemmatizer() -> TagLemmatizer:
    component = load_pipeline("small").get_pipe("kg_lemmatizer")
    assert isinstance(component, TagLemmatizer)
    return component


@pytest.mark.parametrize(
    ("word", "tag", "pos", "lemma"),
    [
        ("hoped", "VBD", "VERB", "hope"),
        ("hopped", "VBD", "VERB", "hop"),
        ("waging", "VBG", "VERB", "wage"),
        ("fined", "VBN", "VERB", "fine"),
        ("planned", "VBN", "VERB", "plan"),
        ("listed", "VBN", "VERB", "list"),
        ("targeted", "VBN", "VERB", "target"),
        ("agreed", "VBD", "VERB", "agree"),
        ("re-opened", "VBD", "VERB", "re-open"),
        ("re-routed", "VBD", "VERB", "re-route"),
        ("said", "VBD", "VERB", "say"),
        ("need", "VBP", "VERB", "need"),
        ("was", "VBD", "AUX", "be"),
        ("’s", "VBZ", "AUX", "be"),
        ("'s", "VBZ", "VERB", "be"),
        ("has", "VBZ", "AUX", "have"),
        ("does", "VBZ", "AUX", "do"),
        ("wo", "MD", "AUX", "will"),
        ("might", "MD", "AUX", "might"),
        ("taxes", "NNS", "NOUN", "tax"),
        ("allies", "NNS", "NOUN", "ally"),
        ("crises", "NNS", "NOUN", "crisis"),
        ("women", "NNS", "NOUN", "woman"),
    ],
)
def test_a_word_has_the_lemma_that_its_tag_and_spelling_tell(
    lemmatizer: TagLemmatizer, word: str, tag: str, pos: str, lemma: str
) -> None:
    doc = lemmatizer(Doc(lemmatizer.vocab, words=[word], tags=[tag], pos=[pos]))
    assert doc[0].lemma_ == lemma


def test_a_tag_outweighs_a_part_of_speech_that_contradicts_it(lemmatizer: TagLemmatizer) -> None:
    doc = lemmatizer(Doc(spacy.blank("en").vocab, words=["claims"], tags=["NNS"], pos=["VERB"]))
    assert (doc[0].pos_, doc[0].lemma_) == ("NOUN", "claim")
