"""Read Universal Dependencies treebanks (CoNLL-U) as spaCy Docs for training and scoring.

A Doc is a run of sentences with the text as it was written: words are joined as ``SpaceAfter=No`` says, and a blank
line stands between paragraphs, so that a pipeline learns from text that looks like an article.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from spacy.tokens import Doc
from spacy.vocab import Vocab

SENTENCES_PER_DOC = 8
PARAGRAPH_BREAK = "\n\n"


@dataclass(slots=True)
class Word:
    """One syntactic word of a CoNLL-U sentence; ``head`` counts words from 0 within the sentence."""

    form: str
    lemma: str
    upos: str
    xpos: str
    features: str
    head: int
    deprel: str
    space_after: bool
    misc: str = ""


@dataclass(slots=True)
class Sentence:
    """The words of one sentence and where it stands in its document."""

    words: list[Word]
    sent_id: str = ""
    starts_document: bool = False
    starts_paragraph: bool = False
    comments: dict[str, str] = field(default_factory=dict[str, str])


def read_sentences(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of a CoNLL-U file in order.

    Words of a multiword token ("don't") are kept apart, and only the last one carries the space after it.
    Empty nodes of enhanced dependencies are left out.
    """
    comments: dict[str, str] = {}
    words: list[Word] = []
    multiword_end, multiword_space = 0, True
    starts_document = starts_paragraph = False
    for line in path.read_text(encoding="utf8").splitlines():
        if line.startswith("#"):
            key, _, value = line[1:].partition("=")
            comments[key.strip()] = value.strip()
            starts_document |= key.startswith(" newdoc")
            starts_paragraph |= key.startswith((" newdoc", " newpar")) and not key.startswith(" newpar_block")
        elif line:
            index, form, lemma, upos, xpos, features, head, deprel, _, misc = line.split("\t")
            space_after = "SpaceAfter=No" not in misc.split("|")
            if "." in index:
                continue
            if "-" in index:
                multiword_end, multiword_space = int(index.split("-")[1]), space_after
                continue
            if int(index) < multiword_end:
                space_after = False
            elif int(index) == multiword_end:
                space_after = multiword_space
            words.append(
                Word(form, lemma, _proper(upos, xpos), xpos, features, int(head) - 1, deprel, space_after, misc)
            )
        elif words:
            yield Sentence(words, comments.get("sent_id", ""), starts_document, starts_paragraph, comments)
            comments, words, multiword_end = {}, [], 0
            starts_document = starts_paragraph = False


def _proper(upos: str, xpos: str) -> str:
    """Call every part of a proper name PROPN: the treebanks tag "United" of "United Kingdom" by its form, as a verb."""
    return "PROPN" if xpos in ("NNP", "NNPS") else upos


def group_sentences(sentences: Iterator[Sentence], *, size: int = SENTENCES_PER_DOC) -> Iterator[list[Sentence]]:
    """Yield runs of at most ``size`` sentences that never cross a document's edge."""
    group: list[Sentence] = []
    for sentence in sentences:
        if group and (sentence.starts_document or len(group) >= size):
            yield group
            group = []
        group.append(sentence)
    if group:
        yield group


def to_doc(group: list[Sentence], vocab: Vocab) -> Doc:
    """Make one gold Doc of a run of sentences, with a blank line before each new paragraph."""
    words: list[str] = []
    spaces: list[bool] = []
    tags: list[str] = []
    pos: list[str] = []
    morphs: list[str] = []
    lemmas: list[str] = []
    heads: list[int] = []
    deps: list[str] = []
    for number, sentence in enumerate(group):
        if number and sentence.starts_paragraph:
            spaces[-1] = False
            words.append(PARAGRAPH_BREAK)
            spaces.append(False)
            tags.append("_SP")
            pos.append("SPACE")
            morphs.append("")
            lemmas.append(PARAGRAPH_BREAK)
            heads.append(len(heads) - 1)
            deps.append("dep")
        first = len(words)
        for position, word in enumerate(sentence.words):
            words.append(word.form)
            spaces.append(word.space_after)
            tags.append(word.xpos)
            pos.append(word.upos)
            morphs.append("" if word.features == "_" else word.features)
            lemmas.append(word.lemma)
            heads.append(first + (word.head if word.head >= 0 else position))
            deps.append("ROOT" if word.head < 0 else word.deprel)
        spaces[-1] = True
    return Doc(
        vocab, words=words, spaces=spaces, tags=tags, pos=pos, morphs=morphs, lemmas=lemmas, heads=heads, deps=deps
    )


def read_docs(path: Path, vocab: Vocab, *, size: int = SENTENCES_PER_DOC) -> Iterator[Doc]:
    """Yield gold Docs of at most ``size`` sentences from a CoNLL-U file."""
    for group in group_sentences(read_sentences(path), size=size):
        yield to_doc(group, vocab)
