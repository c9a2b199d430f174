"""Training examples for a pipeline whose heads learn together: what a corpus does not annotate is left missing."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.util import filter_spans

from kg.corpora.passages import UNKNOWN, NamedSentence, group, to_doc
from kg.corpora.treebank import PARAGRAPH_BREAK, group_sentences, read_sentences
from kg.corpora.treebank import to_doc as treebank_doc
from kg.training.augment import news_text_augmenter
from kg.training.name_lists import NameLists, with_other_names
from kg.training.names import CORPORA, HYPHENS_SPLIT, LabelMap, read_gum, read_proper_nouns

SEED = 7
STEPS, HEAD_STEPS = 3200, 300
SENTENCES_PER_DOC = 6
NAMES_PER_ROUND = 0.4


@dataclass(frozen=True, slots=True)
class Corpora:
    """Docs with tags, parse and names, and Docs with names alone."""

    parsed: list[Doc]
    named: list[Doc]

    @classmethod
    def load(cls, data: Path, nlp: Language) -> Corpora:
        """Read the training corpora below ``data``."""
        labels = LabelMap.load(data)
        lists = NameLists.load(data)
        ewt, gum = (data / "treebank" / f"{bank}-train.conllu" for bank in ("ewt", "gum"))
        ewt_names = (labels.completed(s) for s in read_proper_nouns(ewt, labels.gazetteer, lists))
        gum_names = (labels.relabel(s, "gum") for s in read_gum(gum))
        parsed = [*parsed_docs(ewt, ewt_names, nlp), *parsed_docs(gum, gum_names, nlp)]
        return cls(parsed, list(named_docs(data, labels, lists, nlp)))

    def rounds(
        self, nlp: Language, *, words: int, vary: bool = True, seed: int = SEED
    ) -> Iterator[list[tuple[Example, bool]]]:
        """Batches of at most so many words, without end: each with whether the example has a parse.

        A round holds every parsed Doc and a share of the others, varied anew if wanted.
        """
        chance = random.Random(seed)
        random.seed(seed)  # the augmenter draws from the shared generator, as spaCy's do
        augment = news_text_augmenter()
        while True:
            named = chance.sample(self.named, int(len(self.named) * NAMES_PER_ROUND))
            docs = [*((doc, True) for doc in self.parsed), *((doc, False) for doc in named)]
            chance.shuffle(docs)
            batch: list[tuple[Example, bool]] = []
            size = 0
            for doc, parsed in docs:
                if batch and size + len(doc) > words:
                    yield batch
                    batch, size = [], 0
                example = Example(nlp.make_doc(doc.text), doc)
                batch.extend((varied, parsed) for varied in (augment(nlp, example) if vary else [example]))
                size += len(doc)
            yield batch


def parsed_docs(treebank: Path, named: Iterator[NamedSentence], nlp: Language) -> Iterator[Doc]:
    """The Docs of a treebank with the names of the same sentences."""
    for run in group_sentences(read_sentences(treebank), size=SENTENCES_PER_DOC):
        doc = treebank_doc(run, nlp.vocab)
        starts = sentence_starts(doc, [len(sentence.words) for sentence in run])
        names = [
            Span(doc, start + name.start, start + name.end, label=name.label)
            for start, sentence in zip(starts, [next(named) for _ in run], strict=True)
            for name in sentence.names
        ]
        set_names(doc, names)
        yield doc


def set_names(doc: Doc, names: list[Span]) -> None:
    """Set the names; where the label is not known, what no other name covers is missing."""
    known = filter_spans(name for name in names if name.label_ != UNKNOWN)
    covered = {token.i for name in known for token in name}
    unknown = {token.i for name in names for token in name if token.i not in covered}
    missing = [doc[i : i + 1] for i in sorted(unknown)]
    doc.set_ents(known, missing=missing, default="outside")  # pyright: ignore[reportArgumentType]  # Span is SpanLike


def sentence_starts(doc: Doc, lengths: list[int]) -> Iterator[int]:
    """The first token of each sentence of so many words; paragraph breaks between sentences are tokens too."""
    start = 0
    for length in lengths:
        if doc[start].text == PARAGRAPH_BREAK:
            start += 1
        yield start
        start += length


def named_docs(data: Path, labels: LabelMap, lists: NameLists, nlp: Language) -> Iterator[Doc]:
    """The corpora of names that are no treebank, each as it is and again with other names in it."""
    chance = random.Random(SEED)
    for source, path, read, renamed in CORPORA:
        if path.startswith("treebank/"):
            continue
        sentences = [labels.relabel(sentence, source) for sentence in read(data / path)]
        versions = [[with_other_names(sentence, lists, chance) for sentence in sentences] for _ in range(renamed)]
        for version in (sentences, *versions):
            for run in group(version):
                yield to_doc(run, nlp, join_hyphens=source in HYPHENS_SPLIT)
