"""Score the parser on raw text against a treebank, as the CoNLL 2018 shared task does, with subtypes of labels kept.

The pipeline tokenises and divides sentences itself. Predicted and gold words are the same when they cover the same
characters; a word's attachment is right when its head is the same word too, and its label when the two are equal.
Every figure is an F1: of all predicted words and all gold words, punctuation included.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from kg.corpora.conllu import Document, read_documents
from kg.corpora.variations import Variation
from kg.evaluation.scoring import Counts, Scores, write_lines
from kg.evaluation.varied import varied
from kg.grammar.tree import corrected_tree_of
from kg.model import Span

SPEED_RUNS = 3
ROOT = (-1, -1)
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Node:
    """A word by its place: start and end, its head's place (``ROOT`` for a root), its label and its tag."""

    place: Place
    head: Place
    label: str
    tag: str


def score(
    gold: Path,
    *,
    nlp: Language,
    format: str = "conllu",
    predictions: Path | None = None,
    vary: Variation | None = None,
) -> Scores:
    """``las``, ``uas``, ``tag`` and ``words`` of a treebank, ``las_GENRE`` where it names several; n counts words.

    :param vary: a variation of the text that is made first.
    :raises EvaluationError: if the file is no CoNLL-U.
    """
    documents = read_documents(gold)
    if vary is not None:
        documents = [varied_document(document, vary) for document in documents]
    docs = list(nlp.pipe(document.text for document in documents))
    pairs = [(gold_nodes(document), predicted_nodes(doc)) for document, doc in zip(documents, docs, strict=True)]
    write_lines(predictions, (line for doc in docs for line in conllu_lines(doc)))
    scores: Scores = {"n": sum(len(wanted) for wanted, _ in pairs), **score_nodes(pairs)}
    genres = sorted({document.genre for document in documents})
    for genre in genres if len(genres) > 1 else ():
        chosen = [pair for document, pair in zip(documents, pairs, strict=True) if document.genre == genre]
        scores[f"las_{genre or 'other'}"] = score_nodes(chosen)["las"]
    return scores


def speed(gold: Path, *, nlp: Language) -> Scores:
    """``words_per_second`` of CPU time for the whole pipeline on a treebank's raw text: the median of three runs."""
    documents = read_documents(gold)
    words = sum(len(document.words) for document in documents)
    times: list[float] = []
    for _ in range(SPEED_RUNS):
        start = time.process_time()
        for _doc in nlp.pipe(document.text for document in documents):
            pass
        times.append(time.process_time() - start)
    return {"words_per_second": words / statistics.median(times)}


def score_nodes(pairs: Sequence[tuple[Sequence[Node], Sequence[Node]]]) -> dict[str, float]:
    """``las``, ``uas``, ``tag`` and ``words``, which are divided rightly, of (gold, predicted) documents."""
    las, uas, tag, words = Counts(), Counts(), Counts(), Counts()
    for wanted, found in pairs:
        by_place = {node.place: node for node in found}
        same = [(node, by_place[node.place]) for node in wanted if node.place in by_place]
        attached = [(ours, theirs) for theirs, ours in same if ours.head == theirs.head]
        sizes = {"predicted": len(found), "gold": len(wanted)}
        uas += Counts(correct=len(attached), **sizes)
        las += Counts(correct=sum(ours.label == theirs.label for ours, theirs in attached), **sizes)
        tag += Counts(correct=sum(ours.tag == theirs.tag for theirs, ours in same), **sizes)
        words += Counts(correct=len(same), **sizes)
    return {"las": las.f1, "uas": uas.f1, "tag": tag.f1, "words": words.f1}


def varied_document(document: Document, variation: Variation) -> Document:
    """A gold document with its text varied, and its words where they then are."""
    text, moved = varied(document.text, variation)
    words = (replace(word, span=Span(moved(word.span.start), moved(word.span.end))) for word in document.words)
    return replace(document, text=text, words=tuple(words))


def gold_nodes(document: Document) -> list[Node]:
    """The words of a gold document."""
    places = [(placed.span.start, placed.span.end) for placed in document.words]
    return [
        Node(place, ROOT if placed.head < 0 else places[placed.head], placed.word.deprel, placed.word.xpos)
        for place, placed in zip(places, document.words, strict=True)
    ]


def predicted_nodes(doc: Doc) -> list[Node]:
    """The words of a parsed Doc, white space left out; other label schemes are seen as Universal Dependencies."""
    tree = corrected_tree_of(doc)
    places = [(token.idx, token.idx + len(token)) for token in doc]
    nodes: list[Node] = []
    for token in doc:
        if not token.is_space:
            head, label = tree.heads[token.i], tree.labels[token.i]
            root = head == token.i
            nodes.append(Node(places[token.i], ROOT if root else places[head], "root" if root else label, token.tag_))
    return nodes


def conllu_lines(doc: Doc) -> list[str]:
    """A parsed Doc as CoNLL-U."""
    tree, lines = corrected_tree_of(doc), list[str]()
    for sentence in doc.sents:
        words = [token for token in sentence if not token.is_space]
        numbers = {token.i: number for number, token in enumerate(words, start=1)}
        for token in words:
            head = tree.heads[token.i]
            root = head == token.i or head not in numbers
            label = "root" if root else tree.labels[token.i]
            misc = "_" if token.whitespace_ else "SpaceAfter=No"
            columns = [numbers[token.i], token.text, token.lemma_ or "_", token.pos_ or "_", token.tag_ or "_"]
            columns += [str(token.morph) or "_", 0 if root else numbers[head], label, "_", misc]
            lines.append("\t".join(map(str, columns)))
        if words:
            lines.append("")
    return lines
