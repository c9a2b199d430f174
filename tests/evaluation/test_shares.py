from __future__ import annotations

from itertools import count

import pytest
import spacy
from spacy.language import Language

from kg.evaluation import shares

TREEBANK = """# newdoc id = {name}
# meta::genre = {genre}
# newpar
1\tEnvoys\tenvoy\tNOUN\tNNS\t_\t2\tnsubj\t_\t_
2\tmet\tmeet\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No

"""


@Language.component("idle")
def idle(doc):
    return doc


def test_texts_are_those_of_the_genre(tmp_path):
    path = tmp_path / "gold.conllu"
    path.write_text("".join(TREEBANK.format(name=n, genre=g) for n, g in enumerate(("news", "court", "news"))))
    assert len(shares.read_texts(path)) == 3
    assert shares.read_texts(path, genre="news", first=5) == ["Envoys met"] * 2


def test_pairs_are_read_without_their_marks(tmp_path):
    path = tmp_path / "pairs.tsv"
    path.write_text("marked_sentence\troot\tpenta\n<s>Peru</s> warned <t>Chile</t>.\tTHREATEN\t3\n")
    assert shares.read_texts(path) == ["Peru warned Chile."]


def test_the_parse_is_the_tokeniser_and_what_is_not_of_kg(monkeypatch):
    nlp = spacy.blank("en")
    nlp.add_pipe("idle", name="tagger")
    nlp.add_pipe("idle", name="parser")
    nlp.add_pipe("idle", name="kg_actors")
    clock = count()
    monkeypatch.setattr(shares.time, "process_time", lambda: next(clock))
    # Each step takes one tick, and the parse has three of them.
    assert shares.measure(["Peru warned Chile."], nlp=nlp, runs=2) == {"kg_actors": pytest.approx(1 / 3)}
