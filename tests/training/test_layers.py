"""Examples with all layers: names laid over the Docs of a treebank."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, Span

from kg.corpora.passages import Name, NamedSentence
from kg.corpora.treebank import PARAGRAPH_BREAK
from kg.training.layers import parsed_docs, sentence_starts, set_names

TREEBANK = """\
# newdoc id = a
# newpar
1	Kyiv	Kyiv	PROPN	NNP	_	2	nsubj	_	_
2	waits	wait	VERB	VBZ	_	0	root	_	SpaceAfter=No
3	.	.	PUNCT	.	_	2	punct	_	_

# newpar
1	In	in	ADP	IN	_	2	case	_	_
2	Rome	Rome	PROPN	NNP	_	0	root	_	SpaceAfter=No
3	,	,	PUNCT	,	_	4	punct	_	_
4	Ital-ian	Ital-ian	PROPN	NNP	_	2	appos	_	_

"""


@pytest.fixture
def doc() -> Doc:
    """Six plain words."""
    return Doc(spacy.blank("en").vocab, words=["a", "b", "c", "d", "e", "f"])


def test_names_keep_their_words_behind_a_paragraph_break(tmp_path: Path) -> None:
    path = tmp_path / "bank.conllu"
    path.write_text(TREEBANK, encoding="utf8")
    named = iter(
        [
            NamedSentence(["Kyiv", "waits", "."], [Name(0, 1, "GPE")]),
            NamedSentence(["In", "Rome", ",", "Ital-ian"], [Name(1, 2, "GPE"), Name(3, 4, "-")]),
        ]
    )
    (doc,) = parsed_docs(path, named, spacy.blank("en"))
    assert [(name.text, name.label_) for name in doc.ents] == [("Kyiv", "GPE"), ("Rome", "GPE")]
    assert doc[3].text == PARAGRAPH_BREAK
    assert [token.ent_iob_ for token in doc] == ["B", "O", "O", "O", "O", "B", "O", ""]
    assert doc[7].head.text == "Rome"


def test_sentences_start_behind_the_breaks() -> None:
    doc = Doc(spacy.blank("en").vocab, words=["a", "b", PARAGRAPH_BREAK, "c", "d"])
    assert list(sentence_starts(doc, [1, 1, 2])) == [0, 1, 3]


def test_a_known_name_wins_over_what_is_unknown(doc: Doc) -> None:
    set_names(doc, [Span(doc, 0, 3, label="-"), Span(doc, 1, 2, label="ORG"), Span(doc, 4, 5, label="-")])
    assert [token.ent_iob_ for token in doc] == ["", "B", "", "O", "", "O"]


def test_the_longer_of_two_names_that_overlap_is_kept(doc: Doc) -> None:
    set_names(doc, [Span(doc, 0, 1, label="GPE"), Span(doc, 0, 2, label="ORG")])
    assert [(name.start, name.end, name.label_) for name in doc.ents] == [(0, 2, "ORG")]
