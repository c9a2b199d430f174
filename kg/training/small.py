"""Train the small English pipeline from the treebanks and the named-entity corpora.

    python -m kg.training small ../shared/data build/small

Two halves train side by side, each on one core: ``syntax`` (tagger, morphologizer, parser over one CNN) and ``names``
(ner over its own CNN). ``assemble`` joins them with the rule lemmatizer, whose tables come from spacy-lookups-data.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as train_loop
from spacy.util import load_config

from kg.corpora.treebank import read_docs
from kg.language.lemmas import TagLemmatizer
from kg.language.tokens import follow_treebanks
from kg.training import augment as augment  # registers the augmenter that the configuration names

CONFIG = Path(__file__).with_name("small.cfg")
WIDTH = 96
SOURCES = [
    {"name": "Universal Dependencies English EWT", "license": "CC BY-SA 4.0"},
    {"name": "Universal Dependencies English GUM, without its NC genres", "license": "CC BY 4.0, texts CC BY-SA"},
    {"name": "Groningen Meaning Bank, 66k tokens", "license": "CDLA-Sharing 1.0"},
    {"name": "WikiGold", "license": "CC BY 4.0"},
    {"name": "CrossNER politics, training split", "license": "MIT"},
    {"name": "Re-DocRED, development split", "license": "MIT, texts CC BY-SA 3.0"},
    {"name": "names for renaming: Wikidata by way of the knowledge base's sources", "license": "CC0 1.0"},
    {"name": "names for renaming: Party Facts, OpenSanctions IGO list", "license": "MIT"},
    {"name": "names for renaming: ROR, Name Suggestion Index", "license": "CC0 1.0, BSD-3-Clause"},
    {"name": "names for renaming: UCDP Actor Dataset 22.1", "license": "CC BY 4.0"},
    {"name": "gazetteer: Natural Earth, The World Factbook", "license": "public domain"},
    {"name": "spacy-lookups-data, English lemma tables", "license": "MIT; WordNet licence"},
]
META = {
    "name": "small",
    "version": "0.1.0",
    "description": "English for political news: tags, morphology, dependencies (UD), lemmas and names, by spaCy CNNs.",
    "author": "the kg authors",
    "license": "CC BY-SA 4.0",
    "sources": SOURCES,
}
TREEBANKS = ("ewt", "gum")
WORD_ATTRIBUTES = {"NORM": 5000, "PREFIX": 1000, "SUFFIX": 2500, "SHAPE": 2500}


def word_encoder(*, depth: int = 4) -> dict[str, Any]:
    """The configuration of a CNN over hashed word features, ``WIDTH`` wide."""
    return {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": WIDTH,
            "attrs": list(WORD_ATTRIBUTES),
            "rows": list(WORD_ATTRIBUTES.values()),
            "include_static_vectors": False,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": WIDTH,
            "depth": depth,
            "window_size": 1,
            "maxout_pieces": 3,
        },
    }


def listener() -> dict[str, Any]:
    """The configuration of a head that reads the shared encoder's vectors."""
    return {"@architectures": "spacy.Tok2VecListener.v1", "width": WIDTH, "upstream": "tok2vec"}


def transition_model(task: str, encoder: dict[str, Any]) -> dict[str, Any]:
    """The configuration of a transition-based head for ``task`` ("parser" or "ner")."""
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": task,
        "extra_state_tokens": task == "parser",
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "nO": None,
        "tok2vec": encoder,
    }


def syntax_components() -> dict[str, Any]:
    """Encoder, tagger, morphologizer and parser, the three heads sharing the encoder."""
    return {
        "tok2vec": {"factory": "tok2vec", "model": word_encoder()},
        "tagger": {"factory": "tagger", "model": {"@architectures": "spacy.Tagger.v2", "tok2vec": listener()}},
        "morphologizer": {
            "factory": "morphologizer",
            "model": {"@architectures": "spacy.Tagger.v2", "tok2vec": listener()},
        },
        "parser": {"factory": "parser", "min_action_freq": 20, "model": transition_model("parser", listener())},
    }


def name_components() -> dict[str, Any]:
    """The ner head with an encoder of its own, so that names and syntax do not pull one encoder two ways."""
    return {"ner": {"factory": "ner", "model": transition_model("ner", word_encoder())}}


@dataclass(frozen=True, slots=True)
class Half:
    """How one half of the pipeline is trained; ``weights`` say which scores decide which checkpoint is the best."""

    components: Callable[[], dict[str, Any]]
    weights: dict[str, float]
    steps: int
    dropout: float


HALVES = {
    "syntax": Half(
        syntax_components,
        {"tag_acc": 0.2, "pos_acc": 0.1, "morph_acc": 0.1, "dep_las": 0.6},
        steps=14000,
        dropout=0.1,
    ),
    "names": Half(name_components, {"ents_f": 1.0}, steps=5500, dropout=0.12),
}


def write_docs(docs: Iterable[Doc], path: Path) -> Path:
    """Write gold Docs where ``spacy.Corpus.v1`` reads them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    DocBin(docs=docs, store_user_data=True).to_disk(path)
    return path


def write_treebank(data: Path, work: Path) -> None:
    """Write the training and development sentences of both treebanks."""
    vocab = spacy.blank("en").vocab
    for split in ("train", "dev"):
        docs = [doc for bank in TREEBANKS for doc in read_docs(data / "treebank" / f"{bank}-{split}.conllu", vocab)]
        write_docs(docs, work / f"syntax-{split}.spacy")


def train_half(name: str, work: Path) -> Path:
    """Train one half of the pipeline on one core and return the folder of its best weights."""
    half = HALVES[name]
    config = load_config(CONFIG)
    config["components"] = half.components()
    config["nlp"]["pipeline"] = list(config["components"])
    config["paths"] = {"train": str(work / f"{name}-train.spacy"), "dev": str(work / f"{name}-dev.spacy")}
    config["training"]["max_steps"] = half.steps
    config["training"]["dropout"] = half.dropout
    config["training"]["score_weights"] = half.weights
    nlp = init_nlp(config)
    follow_treebanks(nlp)
    output = work / name
    output.mkdir(parents=True, exist_ok=True)
    train_loop(nlp, output)
    return output / "model-best"


def assemble(syntax: Path, names: Path) -> Language:
    """Join the two halves and the rule lemmatizer into one pipeline."""
    nlp = spacy.load(syntax)
    follow_treebanks(nlp)
    lemmatizer = cast(TagLemmatizer, nlp.add_pipe("kg_lemmatizer"))
    lemmatizer.initialize()
    nlp.add_pipe("ner", source=spacy.load(names))
    nlp.config["paths"] = {"train": None, "dev": None}  # where the corpora lay is nobody else's business
    nlp.meta.update(META)
    return nlp


def train(data: Path, work: Path) -> Language:
    """Train both halves side by side and return the whole pipeline.

    :param data: the folder with ``treebank/``, ``ner/``, ``relations/`` and ``kb/``.
    :param work: where corpora and checkpoints go.
    """
    from kg.training.names import write_names

    os.environ.setdefault("OMP_NUM_THREADS", "1")
    write_treebank(data, work)
    write_names(data, work)
    with ProcessPoolExecutor(2) as pool:
        syntax, names = pool.map(train_half, HALVES, [work] * 2)
    return assemble(syntax, names)
