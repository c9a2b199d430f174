"""Claims on a parsed Doc get their events; parses are built by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
import spacy
from spacy.tokens import Doc

from kg.events.coder import ACTOR, Coder
from kg.events.component import code, make_events
from kg.events.triggers import event_between
from kg.grammar.phrases import Phrase, phrase_at
from kg.language import extensions
from kg.model import Claim, Entity, Event, Kind, Mention, Participant, Relation, Span

# word, lemma, part of speech, head, label
PARSES = {
    "Utopia warned Atlantis": "Utopia Utopia PROPN 1 nsubj|warned warn VERB 1 ROOT|Atlantis Atlantis PROPN 1 obj",
    "clouds warned Atlantis": "clouds cloud NOUN 1 nsubj|warned warn VERB 1 ROOT|Atlantis Atlantis PROPN 1 obj",
    "Utopia imposed sanctions on Atlantis": (
        "Utopia Utopia PROPN 1 nsubj|imposed impose VERB 1 ROOT|sanctions sanction NOUN 1 obj|on on ADP 4 case|"
        "Atlantis Atlantis PROPN 1 obl"
    ),
    "Utopia will not attend talks": (
        "Utopia Utopia PROPN 3 nsubj|will will AUX 3 aux|not not PART 3 advmod|attend attend VERB 3 ROOT|"
        "talks talk NOUN 3 obj"
    ),
    "Envoys were expelled by Utopia": (
        "Envoys envoy NOUN 2 nsubj:pass|were be AUX 2 aux:pass|expelled expel VERB 2 ROOT|by by ADP 4 case|"
        "Utopia Utopia PROPN 2 obl:agent"
    ),
    "Utopia tried to de-escalate": (
        "Utopia Utopia PROPN 1 nsubj|tried try VERB 1 ROOT|to to PART 3 mark|de-escalate de-escalate VERB 1 xcomp"
    ),
    "Utopia is a country": (
        "Utopia Utopia PROPN 3 nsubj|is be AUX 3 cop|a a DET 3 det|country country NOUN 3 ROOT"
    ),
    "invasion of Atlantis": "invasion invasion NOUN 0 ROOT|of of ADP 2 case|Atlantis Atlantis PROPN 0 nmod",
    "a series of attacks on Atlantis": (
        "a a DET 1 det|series series NOUN 1 ROOT|of of ADP 3 case|attacks attack NOUN 1 nmod|on on ADP 5 case|"
        "Atlantis Atlantis PROPN 3 nmod"
    ),
    "Utopia agreed to attend talks": (
        "Utopia Utopia PROPN 1 nsubj|agreed agree VERB 1 ROOT|to to PART 3 mark|attend attend VERB 1 xcomp|"
        "talks talk NOUN 3 obj"
    ),
    "Utopia called off talks": (
        "Utopia Utopia PROPN 1 nsubj|called call VERB 1 ROOT|off off ADP 3 case|talks talk NOUN 1 obj"
    ),
    "Utopia sent envoys to talks": (
        "Utopia Utopia PROPN 1 nsubj|sent send VERB 1 ROOT|envoys envoy NOUN 1 obj|to to ADP 4 case|"
        "talks talk NOUN 2 nmod"
    ),
    "Utopia could attack Atlantis": (
        "Utopia Utopia PROPN 2 nsubj|could could AUX 2 aux|attack attack VERB 2 ROOT|Atlantis Atlantis PROPN 2 obj"
    ),
    "Utopia may have attacked Atlantis": (
        "Utopia Utopia PROPN 3 nsubj|may may AUX 3 aux|have have AUX 3 aux|attacked attack VERB 3 ROOT|"
        "Atlantis Atlantis PROPN 3 obj"
    ),
    "Utopia test - fired missiles": (
        "Utopia Utopia PROPN 3 nsubj|test test NOUN 3 compound|- - PUNCT 1 punct|fired fire VERB 3 ROOT|"
        "missiles missile NOUN 3 obj"
    ),
    "dozens of Utopians warned Atlantis": (
        "dozens dozen NOUN 3 nsubj|of of ADP 2 case|Utopians Utopian NOUN 0 nmod|warned warn VERB 3 ROOT|"
        "Atlantis Atlantis PROPN 3 obj"
    ),
    "joint military exercises": "joint joint ADJ 2 amod|military military ADJ 2 amod|exercises exercise NOUN 2 ROOT",
}  # fmt: skip
CASES = [
    ("Utopia warned Atlantis", "warned", "THREATEN", "130"),
    ("Utopia imposed sanctions on Atlantis", "imposed", "SANCTION", "163"),
    ("Utopia will not attend talks", "attend", "REJECT", "125"),
    ("Envoys were expelled by Utopia", "were expelled", "SANCTION", "166"),
    ("Utopia tried to de-escalate", "tried to de-escalate", "RETREAT", "087"),
    ("invasion of Atlantis", "invasion", "ASSAULT", "190"),
    ("a series of attacks on Atlantis", "series of attacks", "ASSAULT", "190"),
    ("joint military exercises", "exercises", "COOPERATE", "062"),
    ("Utopia agreed to attend talks", "agreed", "AGREE", "036"),
    ("Utopia called off talks", "called off", "SANCTION", "164"),
    ("Utopia could attack Atlantis", "could attack", "THREATEN", "1384"),
    ("Utopia may have attacked Atlantis", "may have attacked", "ASSAULT", "190"),
    ("Utopia test - fired missiles", "fired", "MOBILIZE", "150"),
]


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder.load()


def parsed(text: str) -> Doc:
    rows = [row.split() for row in PARSES[text].split("|")]
    return Doc(
        spacy.blank("en").vocab,
        words=[row[0] for row in rows],
        lemmas=[row[1] for row in rows],
        pos=[row[2] for row in rows],
        heads=[int(row[3]) for row in rows],
        deps=[row[4] for row in rows],
    )


def claim(doc: Doc, relation: str, *, kind: Kind = "country") -> Claim:
    start = doc.text.index(relation)
    span = Span(start, start + len(relation))
    named = max(doc.text.find("Utopia"), 0)
    subject = Participant(text="Utopia", span=Span(named, named + 6), entity="x1", name="Utopia", kind=kind)
    whole = Span(0, len(doc.text))
    return Claim(id="c", article="a", sentence=whole, subject=subject, relation=Relation(relation, span, relation))


def event_of(claim: Claim, doc: Doc, coder: Coder) -> Event | None:
    return code([claim], doc, coder=coder)[0].event


@pytest.mark.parametrize(("text", "relation", "type_", "cameo"), CASES)
def test_claims_get_events(coder: Coder, text: str, relation: str, type_: str, cameo: str) -> None:
    doc = parsed(text)
    (coded,) = code([claim(doc, relation)], doc, coder=coder)
    assert coded.event is not None
    assert (coded.event.type, coded.event.cameo) == (type_, cameo)


def test_event_of_a_claim_has_quad_and_score(coder: Coder) -> None:
    doc = parsed("Utopia warned Atlantis")
    event = event_of(claim(doc, "warned"), doc, coder)
    assert event is not None
    assert (event.quad, event.goldstein) == ("verbal conflict", -4.4)


@pytest.mark.parametrize("kind", ["thing", "place"])
def test_a_subject_that_is_no_actor_makes_no_event(coder: Coder, kind: Kind) -> None:
    doc = parsed("clouds warned Atlantis")
    assert event_of(claim(doc, "warned", kind=kind), doc, coder) is None


def test_a_copula_makes_no_event(coder: Coder) -> None:
    doc = parsed("Utopia is a country")
    assert event_of(claim(doc, "is"), doc, coder) is None


def test_a_subject_that_undergoes_what_nobody_named_did_makes_no_event(coder: Coder) -> None:
    doc = parsed("Envoys were expelled by Utopia")
    envoys = Participant(text="Envoys", span=Span(0, 6), entity="x2", name="Envoys", kind="group")
    assert event_of(replace(claim(doc, "were expelled"), subject=envoys), doc, coder) is None


def test_what_was_only_agreed_is_no_second_event(coder: Coder) -> None:
    doc = parsed("Utopia agreed to attend talks")
    agreed, attended = code([claim(doc, "agreed"), claim(doc, "attend")], doc, coder=coder)
    assert (agreed.event is not None, attended.event) == (True, None)


def test_a_phrase_below_the_object_counts_as_below_the_verb() -> None:
    doc = parsed("Utopia sent envoys to talks")
    phrase = phrase_at(doc[1])
    assert phrase is not None
    assert [p.lemma for p in phrase.below("to")] == ["talk"]


def test_a_noun_that_no_table_has_is_an_actor_where_it_is_a_mention_of_one(coder: Coder) -> None:
    assert ACTOR in coder.classes(Phrase(names=("gardener",), pos="noun", kind="person"))
    assert ACTOR not in coder.classes(Phrase(names=("gardener",), pos="noun"))


def test_a_number_of_actors_acts(coder: Coder) -> None:
    extensions.register()
    doc = parsed("dozens of Utopians warned Atlantis")
    span = Span(0, len("dozens of Utopians"))
    dozens = Participant(text="dozens of Utopians", span=span, entity="x3", name="dozens of Utopians", kind="thing")
    warning = replace(claim(doc, "warned"), subject=dozens)
    assert event_of(warning, doc, coder) is None
    mention = Mention("a", Span(10, 18), "Utopians", type="name", entity="x4", reason="name")
    doc._.mention_heads = {2: mention}
    doc._.entities = {"x4": Entity("x4", "group", "Utopians")}
    assert event_of(warning, doc, coder) is not None


def test_component_fills_the_claims_of_a_doc() -> None:
    component = make_events(spacy.blank("en"), "kg_events")
    doc = parsed("Utopia warned Atlantis")
    doc._.claims = [claim(doc, "warned")]
    assert [c.event.type for c in component(doc)._.claims if c.event] == ["THREATEN"]


def test_event_between_two_actors_reads_the_verb_that_relates_them(coder: Coder) -> None:
    doc = parsed("Utopia imposed sanctions on Atlantis")
    event = event_between(doc[0:1], doc[4:5], coder=coder)
    assert event is not None
    assert event.type == "SANCTION"


def test_no_event_between_actors_that_nothing_relates(coder: Coder) -> None:
    doc = parsed("Utopia is a country")
    assert event_between(doc[0:1], doc[3:4], coder=coder) is None
