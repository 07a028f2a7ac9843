"""A fine-tuned classifier → its two ONNX graphs, the matrices in eight bits, the activations by scales of their own.

Activations are scaled by what training sentences showed, once for all, so that a text's word depends on the text
alone. Before the feed-forward matrices each channel is first divided by its greatest activation, which goes into the
matrix instead (SmoothQuant, Xiao et al. 2023, with all of the difficulty moved): a few channels are far out there, and
one scale for all would leave the others with few steps.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

MICROSOFT = "com.microsoft"
STEPS = 255
Array = np.ndarray
Ranges = Mapping[str, tuple[Array, Array]]


def ranges_of(model: nn.Module, batches: Sequence[Mapping[str, torch.Tensor]]) -> dict[str, tuple[Array, Array]]:
    """The least and the greatest input of each linear layer of the encoder, by channel; a batch is one text."""
    found: dict[str, tuple[torch.Tensor, torch.Tensor]] = {}

    def watch(name: str, given: torch.Tensor) -> None:
        least, greatest = given.flatten(0, -2).aminmax(dim=0)
        before = found.get(name, (least, greatest))
        found[name] = (torch.minimum(least, before[0]), torch.maximum(greatest, before[1]))

    hooks = [
        part.register_forward_pre_hook(lambda _, given, name=name: watch(name, given[0].detach()))
        for name, part in model.named_modules()
        if isinstance(part, nn.Linear) and name.startswith("encoder.encoder.")
    ]
    with torch.no_grad():
        for batch in batches:
            model.pooled(**batch)
    for hook in hooks:
        hook.remove()
    return {name: (least.numpy(), greatest.numpy()) for name, (least, greatest) in found.items()}


@dataclass
class Graph:
    """An ONNX graph in the making: each method appends a step and gives the name of what comes out."""

    nodes: list[onnx.NodeProto] = field(default_factory=list)
    constants: list[onnx.TensorProto] = field(default_factory=list)

    def constant(self, value: Array) -> str:
        name = f"constant_{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def step(self, kind: str, *given: str, domain: str = "", **options: object) -> str:
        name = f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, given, [name], domain=domain, **options))
        return name

    def norm(self, given: str, weight: Array, bias: Array) -> str:
        return self.step("LayerNormalization", given, self.constant(weight), self.constant(bias), epsilon=1e-12)

    def quantised(self, given: str, least: float, greatest: float) -> tuple[str, str, str]:
        """Eight bits of a tensor whose values lie between the two, with its scale and what stands for 0."""
        least, greatest = min(least, 0.0), max(greatest, 0.0)
        scale = np.float32((greatest - least) / STEPS)
        names = self.constant(scale), self.constant(np.uint8(round(-least / float(scale))))
        return self.step("QuantizeLinear", given, *names), *names

    def weights(self, matrix: Array) -> tuple[str, str, str]:
        """Eight bits of a matrix, a scale for each column, and the zeros that go with them."""
        scales = np.maximum(np.abs(matrix).max(0) / 127, 1e-8).astype(np.float32)
        steps = np.round(matrix / scales).astype(np.int8)
        zeros = np.zeros(len(scales), np.int8)
        return self.constant(steps), self.constant(scales), self.constant(zeros)

    def linear(self, given: str, weight: Array, bias: Array, seen: tuple[Array, Array], *, smooth: bool = False) -> str:
        """The product with a matrix of outputs by inputs, whose inputs were seen in this range, plus the bias."""
        least, greatest = seen
        matrix = weight.T
        if smooth:
            size = np.maximum(np.maximum(-least, greatest), 1e-4)
            given = self.step("Mul", given, self.constant((1 / size).astype(np.float32)))
            matrix, least, greatest = matrix * size[:, None], least / size, greatest / size
        eight, scale, zero = self.quantised(given, float(least.min()), float(greatest.max()))
        steps, scales, zeros = self.weights(matrix)
        parts = (eight, steps, scale, scales, zero, zeros, self.constant(bias))
        return self.step("MatMulIntegerToFloat", *parts, domain=MICROSOFT)

    def attention(self, given: str, weight: Array, bias: Array, seen: tuple[Array, Array], heads: int) -> str:
        """Self-attention of one text; the matrix gives queries, keys and values, one below the other."""
        eight, scale, zero = self.quantised(given, float(seen[0].min()), float(seen[1].max()))
        steps, scales, zeros = self.weights(weight.T)
        parts = (eight, steps, self.constant(bias), scale, scales, "", zero, zeros)
        return self.step("QAttention", *parts, domain=MICROSOFT, num_heads=heads)

    def saved(self, given: onnx.ValueInfoProto, outputs: Mapping[str, str], file: Path) -> None:
        """Writes the graph from `given` to the steps that `outputs` names: "logits", and perhaps "states"."""
        names = {step: name for name, step in outputs.items()}
        for node in self.nodes:
            for part in (node.input, node.output):
                part[:] = [names.get(one, one) for one in part]
        shapes = {"logits": [1, "classes"], "states": [1, "tokens", "width"]}
        told = [helper.make_tensor_value_info(name, TensorProto.FLOAT, shapes[name]) for name in outputs]
        graph = helper.make_graph(self.nodes, "encoder", [given], told, self.constants)
        versions = [helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)]
        model = helper.make_model(graph, opset_imports=versions, ir_version=8)
        onnx.checker.check_model(model)
        onnx.save(model, str(file))


def lower(model: nn.Module, depth: int, seen: Ranges, longest: int, file: Path) -> None:
    """Token ids of one text → the early heads' logits, and the states behind the first `depth` layers."""
    graph = Graph()
    table = model.encoder.embeddings
    words = _numbers(table.word_embeddings)["weight"]
    scales = np.maximum(np.abs(words).max(1, keepdims=True) / 127, 1e-8).astype(np.float32)
    steps = graph.constant(np.round(words / scales).astype(np.int8))
    rows = graph.step("Cast", graph.step("Gather", steps, "input_ids"), to=TensorProto.FLOAT)
    rows = graph.step("Mul", rows, graph.step("Gather", graph.constant(scales), "input_ids"))
    places = (
        _numbers(table.position_embeddings)["weight"][:longest] + _numbers(table.token_type_embeddings)["weight"][0]
    )
    count = graph.step("Shape", "input_ids", start=1, end=2)
    near = graph.step("Slice", graph.constant(places), graph.constant(np.array([0])), count)
    states = graph.norm(graph.step("Add", rows, near), **_numbers(table.LayerNorm))
    states = _through(graph, model, range(depth), states, seen)
    given = helper.make_tensor_value_info("input_ids", TensorProto.INT64, [1, "tokens"])
    graph.saved(given, {"logits": _heads(graph, states, model.early), "states": states}, file)


def upper(model: nn.Module, depth: int, seen: Ranges, file: Path) -> None:
    """The states behind the first `depth` layers of one text → the last heads' logits."""
    graph = Graph()
    config = model.encoder.config
    states = _through(graph, model, range(depth, config.num_hidden_layers), "states", seen)
    given = helper.make_tensor_value_info("states", TensorProto.FLOAT, [1, "tokens", config.hidden_size])
    graph.saved(given, {"logits": _heads(graph, states, model.last)}, file)


def _through(graph: Graph, model: nn.Module, layers: range, states: str, seen: Ranges) -> str:
    """The states behind some of BERT's layers."""
    for which in layers:
        layer, name = model.encoder.encoder.layer[which], f"encoder.encoder.layer.{which}."
        inner, dense = layer.attention.self, layer.attention.output
        three = [_numbers(part) for part in (inner.query, inner.key, inner.value)]
        weight, bias = (np.concatenate([one[kind] for one in three]) for kind in ("weight", "bias"))
        heads = inner.num_attention_heads
        found = graph.attention(states, weight, bias, seen[name + "attention.self.query"], heads)
        found = graph.linear(found, **_numbers(dense.dense), seen=seen[name + "attention.output.dense"])
        attended = graph.norm(graph.step("Add", found, states), **_numbers(dense.LayerNorm))
        wide, narrow = _numbers(layer.intermediate.dense), _numbers(layer.output.dense)
        found = graph.linear(attended, **wide, seen=seen[name + "intermediate.dense"], smooth=True)
        found = graph.step("Gelu", found, domain=MICROSOFT)
        found = graph.linear(found, **narrow, seen=seen[name + "output.dense"], smooth=True)
        states = graph.norm(graph.step("Add", found, attended), **_numbers(layer.output.LayerNorm))
    return states


def _heads(graph: Graph, states: str, heads: nn.Module) -> str:
    """The mean of the tokens through the heads for type and mode, the logits of the one before those of the other."""
    both = [_numbers(heads.types), _numbers(heads.modes)]
    weight, bias = (np.concatenate([one[kind] for one in both]) for kind in ("weight", "bias"))
    mean = graph.step("ReduceMean", states, axes=[1], keepdims=0)
    return graph.step("Gemm", mean, graph.constant(weight.T), graph.constant(bias))


def _numbers(part: nn.Module) -> dict[str, Array]:
    return {name: value.detach().float().numpy() for name, value in part.named_parameters()}
