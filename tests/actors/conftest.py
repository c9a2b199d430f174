"""A knowledge base of invented actors, and Docs built by hand from one line a sentence."""

from __future__ import annotations

import sqlite3

import pytest
import spacy
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from kg.actors.coreference import resolve
from kg.actors.folding import skeleton
from kg.actors.knowledge_base import KnowledgeBase
from kg.actors.lookups import Lookups
from kg.grammar.attribution import Quotation
from kg.model import Article
from kg.training.kb.facts import AliasFact, EntityFact, OfficeFact
from kg.training.kb.merge import merge
from kg.training.kb.store import SCHEMA, fill

COARSE = {
    "NNP": "PROPN", "NNPS": "PROPN", "NN": "NOUN", "NNS": "NOUN", "JJ": "ADJ", "DT": "DET", "IN": "ADP", "PRP": "PRON",
    "PRP$": "PRON", "CC": "CCONJ", "MD": "AUX", "RB": "ADV", "POS": "PART", "TO": "PART", "CD": "NUM", "WP": "PRON",
    "WP$": "PRON", "HYPH": "PUNCT",
}  # fmt: skip
FACTS = (
    EntityFact("Q1", "country", "Arland", "made", country="ARL", salience=0.8),
    EntityFact("Q2", "country", "Besland", "made", country="BES", salience=0.8),
    EntityFact("Q3", "organization", "Northern Treaty Organization", "made", salience=0.8),
    EntityFact("Q4", "person", "Anna Berg", "made", country="ARL", salience=0.6),
    EntityFact("Q5", "person", "Ivo Costa", "made", country="BES", salience=0.6),
    EntityFact("Q6", "place", "Arvik", "made", country="ARL", salience=0.6),
    EntityFact("Q7", "person", "Ivo Costa", "made", country="ARL", salience=0.3),
    EntityFact("Q8", "person", "Lena Moor", "made", country="BES", salience=0.5),
    EntityFact("Q9", "country", "Old Besland", "made", country="OBE", salience=0.3),
    AliasFact("Q1", "Arland", "label", "made"),
    AliasFact("Q1", "Arlish", "demonym", "made"),
    AliasFact("Q1", "Arvik", "capital metonym", "made"),
    AliasFact("Q2", "Besland", "label", "made"),
    AliasFact("Q2", "Bese", "demonym", "made"),
    AliasFact("Q3", "Northern Treaty Organization", "label", "made"),
    AliasFact("Q3", "NTO", "acronym", "made"),
    AliasFact("Q4", "Anna Berg", "label", "made"),
    AliasFact("Q5", "Ivo Costa", "label", "made"),
    AliasFact("Q6", "Arvik", "label", "made"),
    AliasFact("Q7", "Ivo Costa", "label", "made"),
    AliasFact("Q8", "Lena Moor", "label", "made"),
    AliasFact("Q9", "Bese", "demonym", "made"),
    OfficeFact("Q4", "President", "head of state", "made", country="ARL", start="2020-01-01"),
    OfficeFact("Q5", "President", "head of state", "made", country="BES", start="2019-01-01"),
    OfficeFact("Q7", "Minister of Fisheries", "minister", "made", country="ARL", start="2020-01-01"),
    OfficeFact("Q8", "Minister of Foreign Affairs", "foreign minister", "made", country="BES", start="2021-01-01"),
)


@pytest.fixture(scope="session")
def lookups() -> Lookups:
    database = sqlite3.connect(":memory:")
    database.executescript(SCHEMA.read_text("utf8"))
    fill(database, merge(FACTS, decisions={}, labels={}))
    known = [fact for fact in FACTS if isinstance(fact, EntityFact) and fact.kind == "person"]
    people = [(name := fact.label.split()[-1].lower(), skeleton(name), fact.id) for fact in known]
    database.executemany("insert into surnames values (?, ?, ?)", people)
    return Lookups(KnowledgeBase(database))


@pytest.fixture(scope="session")
def vocab():
    return spacy.blank("en").vocab


@pytest.fixture
def parsed(vocab):
    """Makes a Doc of sentences whose words are written ``word/TAG/label/head``, heads counted from 1 in the sentence.

    Names are marked by ``ents``: the words of a name and its label.
    """

    def make(*sentences: str, **ents: str) -> Doc:
        words, tags, deps, heads, starts = [], [], [], [], []
        for sentence in sentences:
            first = len(words)
            for item in sentence.split():
                word, tag, dep, head = item.rsplit("/", 3)
                starts.append(len(words) == first)
                words.append(word)
                tags.append(tag)
                deps.append(dep)
                heads.append(first + int(head) - 1 if dep != "ROOT" else len(words) - 1)
        pos = [COARSE.get(tag, "VERB" if tag.startswith("VB") else "PUNCT") for tag in tags]
        doc = Doc(vocab, words=words, tags=tags, pos=pos, deps=deps, heads=heads, lemmas=[lemma(w) for w in words])
        doc.set_ents(filter_spans(_names(doc, ents)))
        return doc

    return make


def lemma(word: str) -> str:
    return {"became": "become", "becomes": "become"}.get(word.lower(), word.lower().removesuffix("s"))


def _names(doc: Doc, ents: dict[str, str]):
    for name, label in ents.items():
        wanted = name.split("_")
        for i in range(len(doc) - len(wanted) + 1):
            if [t.text for t in doc[i : i + len(wanted)]] == wanted:
                yield Span(doc, i, i + len(wanted), label=label)


@pytest.fixture
def resolved(lookups):
    """Resolves a Doc and tells the name of the entity of each mention, by its words; the last of equal words counts."""

    def run(doc: Doc, *, quoted: list[Quotation] | None = None, published: str | None = "2022-02-01"):
        article = Article(id="a", text=doc.text, published=published)
        scene = resolve(doc, article=article, lookups=lookups, quoted=quoted or [])
        return {
            scene.resolved[head].spot.text(doc): scene.entities[scene.resolved[head].entity]
            for head in sorted(scene.resolved)
        }

    return run
