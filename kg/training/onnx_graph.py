"""Write a trained encoder as an ONNX graph with int8 weights, in the fused operators that ONNX Runtime is fast with.

A window of wordpieces is run by itself: there is no padding, so there is no mask, and a window's vectors do not depend
on what else is read. Matrices are quantised by channel, and their inputs as they come; the word embeddings by row.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from kg.training.minilm import EPSILON, HEADS, WIDTH, Encoder

FUSED = "com.microsoft"
OPSET = 17
LARGEST = 127


class Graph:
    """Nodes and weights of a graph under way."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.weights: list[Any] = []

    def weight(self, name: str, array: Any) -> str:
        """Keep an array and give its name."""
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def node(self, kind: str, *inputs: str, domain: str = "", **options: Any) -> str:
        """Add an operator and give the name of its output."""
        output = f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, domain=domain, **options))
        return output


def write_onnx(encoder: Encoder, path: Path, *, int8: bool = True) -> Path:
    """Write the encoder: ``pieces`` and ``cases`` (1, n) to ``vectors`` (1, n, WIDTH).

    :param int8: whether to quantise; otherwise 32-bit floats are kept.
    """
    state = {name: tensor.detach().float().numpy() for name, tensor in encoder.state_dict().items()}
    graph = Graph()
    x = _embedded(graph, state)
    for i in range(len(encoder.layers)):
        layer = {name.removeprefix(f"layers.{i}."): array for name, array in state.items() if f"layers.{i}." in name}
        x = _layer(graph, layer, x, prefix=f"layer{i}.")
    graph.nodes.append(helper.make_node("Identity", [x], ["vectors"]))
    shape = [1, "n"]
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, shape) for name in ("pieces", "cases")]
    output = helper.make_tensor_value_info("vectors", TensorProto.FLOAT, [*shape, WIDTH])
    body = helper.make_graph(graph.nodes, "encoder", inputs, [output], graph.weights)
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(FUSED, 1)]
    model = helper.make_model(body, opset_imports=opsets, ir_version=8)
    if not int8:
        onnx.save(model, path)
        return path
    quantize_dynamic(
        model,
        path,
        op_types_to_quantize=["MatMul", "Attention"],
        per_channel=True,
        weight_type=QuantType.QInt8,
        extra_options={"DefaultTensorType": TensorProto.FLOAT},
    )
    return path


def _embedded(graph: Graph, state: dict[str, Any]) -> str:
    """The sum of the three embeddings, normalised."""
    words = state["words.weight"]
    scale = np.maximum(np.abs(words).max(axis=1, keepdims=True), 1e-8) / LARGEST
    table = graph.weight("words", np.round(words / scale).astype(np.int8))
    small = graph.node("Cast", graph.node("Gather", table, "pieces"), to=TensorProto.FLOAT)
    rows = graph.node("Gather", graph.weight("word_scale", scale.astype(np.float32)), "pieces")
    summed = graph.node("Mul", small, rows)
    case = graph.node("Gather", graph.weight("case_table", state["cases.weight"]), "cases")
    length = graph.node("Shape", "pieces", start=1, end=2)
    zero, axis = graph.weight("zero", np.array([0])), graph.weight("axis", np.array([0]))
    places = graph.node("Slice", graph.weight("position_table", state["positions.weight"]), zero, length, axis)
    summed = graph.node("Add", graph.node("Add", summed, case), places)
    gain, bias = graph.weight("norm.gain", state["norm.weight"]), graph.weight("norm.bias", state["norm.bias"])
    return graph.node("LayerNormalization", summed, gain, bias, epsilon=EPSILON)


def _layer(graph: Graph, state: dict[str, Any], x: str, *, prefix: str) -> str:
    """One layer over the vectors ``x``."""

    def matrix(name: str) -> str:
        return graph.weight(f"{prefix}{name}.matrix", state[f"{name}.weight"].T)

    def vector(name: str, kind: str = "bias") -> str:
        return graph.weight(f"{prefix}{name}.{kind}", state[f"{name}.{kind}"])

    def summed(dense: str, skip: str, norm: str, bias: str) -> str:
        inputs = (dense, skip, vector(norm, "weight"), vector(norm), bias)
        return graph.node("SkipLayerNormalization", *inputs, domain=FUSED, epsilon=EPSILON)

    seen = graph.node("Attention", x, matrix("qkv"), vector("qkv"), domain=FUSED, num_heads=HEADS)
    x = summed(graph.node("MatMul", seen, matrix("out")), x, "attention_norm", vector("out"))
    up = graph.node("BiasGelu", graph.node("MatMul", x, matrix("up")), vector("up"), domain=FUSED)
    return summed(graph.node("MatMul", up, matrix("down")), x, "norm", vector("down"))
