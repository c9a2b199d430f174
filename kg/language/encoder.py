"""The component ``kg_encoder``: vectors of words in their context, by a small transformer that ONNX Runtime runs.

It puts one row a token into ``doc.tensor``, the mean over the token's wordpieces, and zeros for white space. The heads
(tagger, morphologizer, parser, ner) read the rows through the architecture ``kg.TensorTok2Vec.v1``. Long texts are read
in windows that end where a sentence seems to end; a window is run by itself, on one thread, so that a text's vectors
depend on nothing but the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import Model

from kg.errors import PipelineError
from kg.language.wordpieces import WordPieces, case_of

WIDTH = 384
WINDOW = 192
CONTEXT = 24
GRAPH, VOCABULARY = "encoder.onnx", "vocabulary.txt"
SENTENCE_ENDS = frozenset({".", "!", "?", "…", "..."})
CLOSING = frozenset({'"', "”", "’", "'", "''", ")", "]"})
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Window:
    """The tokens ``[start, end)`` that are read together, of which ``[first, last)`` get their vectors from here."""

    start: int
    end: int
    first: int
    last: int


def windows(sizes: Sequence[int], may_end: Sequence[bool], *, limit: int = WINDOW) -> Iterator[Window]:
    """Divide tokens of so many wordpieces into windows of at most ``limit`` pieces.

    A window ends after the last token that may end a sentence; where there is none, windows overlap.

    >>> list(windows([1] * 6, [False, False, True, False, False, False], limit=4))
    [Window(start=0, end=3, first=0, last=3), Window(start=3, end=6, first=3, last=6)]
    """
    start = first = 0
    while first < len(sizes):
        end, total = start, 0
        while end < len(sizes) and total + sizes[end] <= limit:
            total += sizes[end]
            end += 1
        last = next((i for i in range(end, first, -1) if i == len(sizes) or may_end[i - 1]), None)
        if last is None:
            context = min(CONTEXT, (end - start) // 4)
            last = max(end - context, first + 1)
            yield Window(start, max(end, last), first, last)
            start = last - context
        else:
            yield Window(start, last, first, last)
            start = last
        first = last


def sentence_may_end(doc: Doc) -> list[bool]:
    """Whether a sentence may end after each token: at a full stop with its quotation marks, or at the end of a line."""
    may_end: list[bool] = []
    for token in doc:
        text = token.text
        closes = bool(may_end) and may_end[-1] and text in CLOSING
        may_end.append(text in SENTENCE_ENDS or closes or (token.is_space and "\n" in text))
    return [ends and not (i + 1 < len(doc) and doc[i + 1].text in CLOSING) for i, ends in enumerate(may_end)]


@dataclass(frozen=True, slots=True)
class Pieces:
    """The wordpieces of a Doc: for each token its pieces and how it is written."""

    pieces: list[tuple[int, ...]]
    cases: list[int]
    windows: list[Window]

    @classmethod
    def of(cls, doc: Doc, divide: WordPieces) -> Pieces:
        """Divide the tokens of a Doc, and the Doc into windows."""
        pieces = [divide(token.text) for token in doc]
        cases = [case_of(token.text) for token in doc]
        return cls(pieces, cases, list(windows([len(p) for p in pieces], sentence_may_end(doc))))

    def rows(self, window: Window, divide: WordPieces) -> tuple[list[int], list[int]]:
        """The pieces of a window and their cases, between the marks of start and end."""
        numbers, cases = [divide.start], [0]
        for i in range(window.start, window.end):
            numbers.extend(self.pieces[i])
            cases.extend([self.cases[i]] * len(self.pieces[i]))
        return [*numbers, divide.end], [*cases, 0]

    def owners(self, window: Window) -> list[int]:
        """The token of each row that :meth:`rows` gives, -1 where its vector is not wanted."""
        owners = [-1]
        for i in range(window.start, window.end):
            owners.extend([i if window.first <= i < window.last else -1] * len(self.pieces[i]))
        return [*owners, -1]


class Encoder:
    """The component; empty until its weights are read from disk or given."""

    def __init__(self, name: str = "kg_encoder") -> None:
        self.name = name
        self.divide = WordPieces(["[UNK]", "[CLS]", "[SEP]"])
        self.graph = b""
        self._session: Any = None

    def load(self, graph: bytes, vocabulary: Sequence[str]) -> Encoder:
        """Take a graph in ONNX format and the vocabulary of its pieces."""
        import onnxruntime  # only a pipeline with an encoder pays for it

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self.graph = graph
        self.divide = WordPieces(list(vocabulary))
        self._session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        return self

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc.tensor``.

        :raises PipelineError: if no weights were loaded.
        """
        doc.tensor = self.vectors(doc)  # pyright: ignore[reportAttributeAccessIssue]  # typed as 64-bit floats
        return doc

    def pipe(self, stream: Iterator[Doc], *, batch_size: int = 0) -> Iterator[Doc]:
        """The same for each Doc in turn."""
        return map(self, stream)

    def vectors(self, doc: Doc) -> Floats:
        """A row a token, of floats."""
        if self._session is None:
            raise PipelineError(f"the component {self.name!r} has no weights; load its pipeline from a folder")
        divided = Pieces.of(doc, self.divide)
        table = np.zeros((len(doc), WIDTH), dtype=np.float32)
        for window in divided.windows:
            pieces, cases = divided.rows(window, self.divide)
            inputs = {"pieces": np.array([pieces]), "cases": np.array([cases])}
            pool(self._session.run(None, inputs)[0][0], divided.owners(window), table)
        return table

    def to_disk(self, path: str | Path, *, exclude: Sequence[str] = ()) -> None:
        """Write the graph and the vocabulary into a folder."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / GRAPH).write_bytes(self.graph)
        (folder / VOCABULARY).write_text("\n".join(self.divide.vocabulary) + "\n", encoding="utf8")

    def from_disk(self, path: str | Path, *, exclude: Sequence[str] = ()) -> Encoder:
        """Read what :meth:`to_disk` wrote."""
        folder = Path(path)
        vocabulary = (folder / VOCABULARY).read_text(encoding="utf8").split("\n")
        return self.load((folder / GRAPH).read_bytes(), vocabulary[:-1])


def pool(vectors: Floats, owners: Sequence[int], table: Floats) -> None:
    """Write into ``table`` the mean vector of each token that owns rows of ``vectors``."""
    owner = np.array(owners)
    starts = np.flatnonzero(np.diff(owner, prepend=-1) * (owner >= 0))
    if len(starts):
        wanted = owner >= 0
        places = np.flatnonzero(wanted)
        sums = np.add.reduceat(vectors[places[0] : places[-1] + 1], starts - places[0], axis=0)
        table[owner[starts]] = sums / np.bincount(owner[wanted])[owner[starts], None]


def make_encoder(nlp: Language, name: str) -> Encoder:
    """The component, without weights yet."""
    return Encoder(name)


# catalogue's decorators have no types
@registry.architectures("kg.TensorTok2Vec.v1")  # pyright: ignore[reportUntypedFunctionDecorator]
def tensor_tok2vec(width: int) -> Model[list[Doc], list[Floats]]:
    """A model that reads ``doc.tensor``: what a head has in place of an encoder of its own."""
    return Model("doc_tensor", _read_tensors, dims={"nO": width}, attrs={"learn": None})


def _read_tensors(
    model: Model[list[Doc], list[Floats]], docs: list[Doc], is_train: bool
) -> tuple[list[Floats], Callable[[list[Floats]], list[Doc]]]:
    """The rows, zeros where there are none; in training ``learn`` is told the gradients."""
    width = model.get_dim("nO")
    rows: list[Any] = [doc.tensor if len(doc.tensor) else model.ops.alloc2f(len(doc), width) for doc in docs]
    learn = model.attrs["learn"]

    def backprop(gradients: list[Floats]) -> list[Doc]:
        if learn is not None:
            learn(docs, gradients)
        return []

    return rows, backprop


Language.factory("kg_encoder", func=make_encoder, assigns=["doc.tensor"])
