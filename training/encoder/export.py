"""Exporting: the taught encoder as the ONNX graph that is shipped, in whole bytes.

Weights are signed bytes with a scale for each row (embedding) or column (products). The products
over pieces, where the time goes, are of bytes on both sides: what enters them is cut off at a reach
that was measured beforehand, not scaled by the batch, so that the same text gets the same score in
any company. Sums of whole numbers are exact, whatever the order; the few that follow, over a whole
text, are of doubles.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from training.encoder.network import PAD, WINDOWS, Encoder
from training.encoder.teach import margins

OPSET: Final = 17
NARROW: Final = 63
"""Weights of seven bits: with eight, processors without VNNI would overflow, silently."""
ZERO: Final = 128
"""The byte that stands for 0 in what enters a product."""

Reach = Mapping[str, float]
"""Name of a layer → how far from 0 that goes which enters it; see `measure_reach`."""


class _Graph:
    """A list of nodes and constants in the making; each verb returns the name of its result."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def node(self, kind: str, *inputs: str, **attributes: object) -> str:
        output = f"{kind.lower()}{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [output], **attributes))
        return output

    def constant(self, values: np.ndarray) -> str:
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def ints(self, *values: int) -> str:
        return self.constant(np.array(values, np.int64))

    def packed(self, weight: np.ndarray) -> str:
        """A matrix [in, out] of doubles from bytes, with a scale for each column.

        Written as a cast and a product, which ONNX Runtime works out once, when it loads the graph;
        a DequantizeLinear it would work out again for every batch.
        """
        values, scales = quantize(weight.T)
        wide = self.double(self.constant(values.T))
        return self.node("Mul", wide, self.constant(scales.astype(np.float64)))

    def product(self, values: str, layer: np.ndarray) -> str:
        """[b, in] → [b, out], in doubles."""
        return self.node("MatMul", values, self.packed(layer))

    def double(self, values: str) -> str:
        return self.node("Cast", values, to=TensorProto.DOUBLE)

    def bytes_product(self, values: str, layer: np.ndarray, bias: np.ndarray, reach: float) -> str:
        """[b, t, in] → [b, t, out], both sides in bytes."""
        unit = np.float32(reach / 127)
        zero = self.constant(np.array(ZERO, np.uint8))
        entering = self.node("QuantizeLinear", values, self.constant(unit), zero)
        weights, scales = quantize(layer.T, NARROW)
        sums = self.node("MatMulInteger", entering, self.constant(weights.T), zero)
        result = self.node("Mul", self.node("Cast", sums, to=1), self.constant(scales * unit))
        return self.node("Add", result, self.constant(bias))

    def normal(self, values: str, gain: np.ndarray, bias: np.ndarray, small: float) -> str:
        return self.node(
            "LayerNormalization", values, self.constant(gain), self.constant(bias), epsilon=small
        )


def quantize(rows: np.ndarray, levels: int = 127) -> tuple[np.ndarray, np.ndarray]:
    """Signed bytes [n, m] and a scale for each row [n]."""
    scales = np.maximum(np.abs(rows).max(axis=1), 1e-8) / levels
    return np.rint(rows / scales[:, None]).astype(np.int8), scales.astype(np.float32)


@torch.no_grad()
def measure_reach(encoder: Encoder, pieces: Sequence[np.ndarray]) -> Reach:
    """The largest value that enters each layer over these comments, but for one in 10,000."""
    entering: dict[str, list[torch.Tensor]] = {}

    def note(name: str) -> Callable[..., None]:
        return lambda _, inputs: entering.setdefault(name, []).append(
            inputs[0].abs().flatten()[::7]
        )

    hooks = [
        part.register_forward_pre_hook(note(name))
        for name, part in encoder.named_modules()
        if isinstance(part, torch.nn.Linear)
    ]
    margins(encoder, list(pieces))
    for hook in hooks:
        hook.remove()
    return {
        name: float(np.quantile(torch.cat(values).numpy(), 0.9999))
        for name, values in entering.items()
    }


def export(encoder: Encoder, biases: np.ndarray, levels: int, reach: Reach) -> bytes:
    """The graph: `pieces` [b, t] int64, 0 beyond the end of a text → `margins` [b, attributes].

    `levels`: how many steps an embedding has to either side of zero; fewer compress better.
    """
    state = {name: value.numpy() for name, value in encoder.state_dict().items()}
    graph = _Graph()
    table, scales = quantize(state["embedding.weight"], levels)
    mask = graph.node("Not", graph.node("Equal", "pieces", graph.ints(PAD)))
    there = graph.node("Cast", mask, to=TensorProto.FLOAT)
    length = graph.node("ReduceSum", there, graph.ints(1), keepdims=1)
    there = graph.node("Unsqueeze", there, graph.ints(2))
    rows = graph.node("Cast", graph.node("Gather", graph.constant(table), "pieces"), to=1)
    units = graph.node("Gather", graph.constant(scales[:, None]), "pieces")
    embedded = graph.node("Mul", rows, graph.node("Mul", units, there))
    parts = [embedded]
    for k, (pieces, before) in enumerate(WINDOWS):
        small = encoder.convolutions[k].norm.eps
        parts.append(_convolution(graph, state, k, pieces, before, embedded, there, small, reach))
    features = graph.node("Concat", *parts, axis=2)
    normal = (state["norm.weight"], state["norm.bias"], encoder.norm.eps)
    features = graph.node("Mul", graph.normal(features, *normal), there)
    meaning = _meaning(graph, state, features, length)
    peak = (state["peak.weight"].T, state["peak.bias"], reach["peak"])
    peaks = graph.bytes_product(features, *peak)
    peaks = graph.node("Mul", graph.node("Relu", peaks), there)
    peaks = graph.node("ReduceMax", peaks, axes=[1], keepdims=0)
    both = graph.node("Concat", meaning, graph.double(peaks), axis=1)
    heads = graph.node("MatMul", both, graph.constant(state["head.weight"].T.astype(np.float64)))
    bias = graph.constant((state["head.bias"] + biases).astype(np.float64))
    summed = graph.node("Add", heads, bias)
    graph.nodes.append(helper.make_node("Cast", [summed], ["margins"], to=TensorProto.FLOAT))
    proto = helper.make_graph(
        graph.nodes,
        "encoder",
        [helper.make_tensor_value_info("pieces", TensorProto.INT64, ["b", "t"])],
        [helper.make_tensor_value_info("margins", TensorProto.FLOAT, ["b", len(biases)])],
        graph.constants,
    )
    model = helper.make_model(proto, opset_imports=[helper.make_opsetid("", OPSET)])
    model.ir_version = 8
    onnx.checker.check_model(model)
    return model.SerializeToString()


def _convolution(
    graph: _Graph,
    state: dict[str, np.ndarray],
    number: int,
    pieces: int,
    before: int,
    embedded: str,
    there: str,
    small: float,
    reach: Reach,
) -> str:
    def part(name: str) -> np.ndarray:
        return state[f"convolutions.{number}.{name}"]

    def product(values: str, name: str) -> str:
        far = reach[f"convolutions.{number}.{name}"]
        return graph.bytes_product(values, part(f"{name}.weight").T, part(f"{name}.bias"), far)

    def windows(values: str) -> str:
        after = pieces - 1 - before
        padded = graph.node("Pad", values, graph.ints(0, before, 0, 0, after, 0))
        slices = [
            graph.node("Slice", padded, graph.ints(k), end, graph.ints(1))
            for k in range(pieces)
            for end in [graph.ints(k - pieces + 1) if k < pieces - 1 else graph.ints(1 << 40)]
        ]
        return graph.node("Concat", *slices, axis=2)

    start = graph.normal(product(embedded, "enter"), part("norm.weight"), part("norm.bias"), small)
    start = graph.node("Mul", start, there)
    middle = graph.node("Add", start, graph.node("Relu", product(windows(start), "first")))
    middle = graph.node("Mul", middle, there)
    return graph.node("Add", middle, graph.node("Relu", product(windows(middle), "second")))


def _meaning(graph: _Graph, state: dict[str, np.ndarray], features: str, length: str) -> str:
    total = graph.node("ReduceSum", graph.double(features), graph.ints(1), keepdims=0)
    total = graph.product(total, state["mean.weight"].T)
    length = graph.double(length)
    bias = graph.node("Mul", length, graph.constant(state["mean.bias"][None].astype(np.float64)))
    mean = graph.node("Div", graph.node("Add", total, bias), graph.node("Sqrt", length))

    def product(values: str, name: str) -> str:
        return graph.product(values, state[f"{name}.weight"].T)

    deep = product(graph.node("Relu", product(mean, "d0")), "d1")
    y = graph.node("Relu", graph.node("Add", product(mean, "p1"), deep))
    deep = product(graph.node("Relu", product(y, "d2")), "d3")
    return graph.node("Tanh", graph.node("Add", product(y, "p3"), deep))
