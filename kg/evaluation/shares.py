"""What actors, claims and events cost beside the parse: `python -m kg.evaluation.shares --gold DATA/gum-dev.conllu`.

Each component of the pipeline goes over all texts on its own, in batches as in a build, and its processor time counts.
The parse is the tokeniser and every component before ``kg_actors``; the share of another is its time over that of the
parse in the same run, so that a busy machine slows both.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Doc

from kg.corpora.conllu import read_documents
from kg.corpora.event_pairs import read_pairs
from kg.language.pipeline import COMPONENTS, load_pipeline

PARSE = "parse"


def read_texts(gold: Path, *, genre: str | None = None, first: int | None = None) -> list[str]:
    """The raw texts of a treebank (``.conllu``) or of a file of event pairs.

    :param genre: only the treebank's documents of this genre.
    :param first: only so many texts, from the beginning.
    :raises EvaluationError: if the file is neither.
    """
    if gold.suffix == ".conllu":
        texts = [document.text for document in read_documents(gold) if genre in (None, document.genre)]
    else:
        texts = [pair.text for pair in read_pairs(gold)]
    return texts[:first]


def measure(texts: Sequence[str], *, nlp: Language, runs: int = 5) -> dict[str, float]:
    """The time of each component of ``kg`` as a share of the parse's (1.0: as long), the median of several runs.

    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> _ = nlp.add_pipe("sentencizer", name="kg_claims")
    >>> list(measure(["Peru threatened Chile."], nlp=nlp, runs=1))
    ['kg_claims']
    """
    times = [_seconds(texts, nlp) for _ in range(runs)]
    return {
        name: statistics.median(taken[name] / taken[PARSE] for taken in times)
        for name in COMPONENTS
        if name in nlp.pipe_names
    }


def _seconds(texts: Sequence[str], nlp: Language) -> dict[str, float]:
    """Seconds of processor time of one run: of the parse, and of each component of ``kg``."""
    taken: dict[str, float] = dict.fromkeys((PARSE, *COMPONENTS), 0.0)
    start = time.process_time()
    docs: Iterable[Doc] = [nlp.make_doc(text) for text in texts]
    taken[PARSE] = time.process_time() - start
    for name, component in nlp.pipeline:
        start = time.process_time()
        docs = list(component.pipe(docs) if isinstance(component, Pipe) else map(component, docs))
        taken[name if name in COMPONENTS else PARSE] += time.process_time() - start
    return taken


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Time actors, claims and events as shares of the parse.")
    parser.add_argument("--gold", type=Path, required=True, help="a treebank (.conllu), or sentences with event pairs")
    parser.add_argument("--genre", help="only the treebank's documents of this genre")
    parser.add_argument("--first", type=int, metavar="N", help="only the first so many texts")
    parser.add_argument("--pipeline", default=None)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    texts = read_texts(options.gold, genre=options.genre, first=options.first)
    shares = measure(texts, nlp=load_pipeline(options.pipeline), runs=options.runs)
    print(json.dumps({name: round(share, 3) for name, share in shares.items()}))
