"""The model's neural layers, computed in less time to the same result.

Matrices are multiplied by numpy's BLAS, on one thread; what a layer makes of a word by itself is worked out once for
all words that are alike; long batches go through the convolutions in pieces that stay in the processor's cache; and
the greatest of a unit's pieces is found for all units together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from spacy.language import Language
from thinc.api import Model, NumpyOps
from thinc.types import Floats2d, Ragged
from threadpoolctl import LibController, ThreadpoolController

if TYPE_CHECKING:
    from numpy.typing import NDArray

_PIECE = 1000
"""Words that go through the convolutions together."""
_MIX = np.random.default_rng(0).integers(1, 2**63, 32, dtype=np.uint64) * np.uint64(2) + np.uint64(1)

_Backprop = Callable[..., Any]


class OneThreadOps(NumpyOps):  # type: ignore[misc]
    """thinc's operations with numpy's BLAS on one thread: the matrices are too small for more."""

    def __init__(self) -> None:
        super().__init__(use_blis=False)

    def gemm(self, x: Any, y: Any, *, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
        libraries = [(library, threads) for library in _libraries() if (threads := library.get_num_threads()) != 1]
        try:
            for library, _ in libraries:
                library.set_num_threads(1)
            return super().gemm(x, y, out=out, trans1=trans1, trans2=trans2)
        finally:
            for library, threads in libraries:
                library.set_num_threads(threads)


def quicken(nlp: Language) -> None:
    """Let a pipeline's models compute so, where they run on the processor with thinc's own operations."""
    for _, pipe in nlp.pipeline:
        model = getattr(pipe, "model", None)
        if not isinstance(model, Model):
            continue
        for node in [*model.walk()]:
            if type(node.ops) is NumpyOps:
                node.ops = OneThreadOps()
            if {"embed", "encode"} <= set(node.ref_names):
                _embed_once(node.get_ref("embed"))
                _encode_in_pieces(node)
        for layer in [node for node in model.walk() if node.name == "maxout"]:
            model.replace_node(layer, _piecewise(layer))


def _embed_once(embed: Model[Any, Any]) -> None:
    """A MultiHashEmbed sees each kind of word once; other embeddings stay as they are."""
    names = [layer.name.partition("(")[0] for layer in embed.layers]
    if names == ["extract_features", "list2ragged", "with_array", "with_array", "ragged2list"]:
        _, _, tables, mixer, _ = embed.layers
        embed.replace_node(mixer, Model("as_it_is", _as_it_is))
        embed.replace_node(tables, Model("of_each_kind", _of_each_kind, layers=[tables, mixer]))


def _encode_in_pieces(node: Model[Any, Any]) -> None:
    encode = node.get_ref("encode")
    if encode.name.startswith("with_array(") and encode.attrs.get("pad", 0) > 0:
        node.replace_node(encode, Model("in_pieces", _in_pieces, layers=[encode], dims={"nO": encode.get_dim("nO")}))


def _piecewise(layer: Model[Any, Any]) -> Model[Any, Any]:
    """A maxout layer with its weights in order of the pieces: all units' first, then all units' second, …"""
    weights: Any = layer.get_param("W")
    bias: Any = layer.get_param("b")
    units, pieces, width = weights.shape
    ordered = np.ascontiguousarray(weights.transpose(1, 0, 2)).reshape(pieces * units, width)
    attrs = {"weights": ordered, "bias": np.ascontiguousarray(bias.T).reshape(-1)}
    dims = {"nO": units, "nP": pieces, "nI": width}
    return Model("maxout_by_pieces", _maxout, ops=layer.ops, dims=dims, attrs=attrs)


def _maxout(model: Model[Any, Any], rows: Floats2d, is_train: bool) -> tuple[Any, _Backprop]:
    """The greatest of each unit's pieces, for each row."""
    units, pieces = model.get_dim("nO"), model.get_dim("nP")
    values: Any = model.ops.gemm(rows, model.attrs["weights"], trans2=True)
    values += model.attrs["bias"]
    greatest = values[:, :units].copy()
    for piece in range(1, pieces):
        np.maximum(greatest, values[:, piece * units : (piece + 1) * units], out=greatest)
    return greatest, _no_training


def _of_each_kind(model: Model[Any, Any], words: Ragged, is_train: bool) -> tuple[Ragged, _Backprop]:
    """The layers' output for each row of features, from one row of each kind."""
    features = cast("NDArray[np.uint64]", words.data)
    kinds = (features * _MIX[: features.shape[1]]).sum(axis=1)
    _, first, kind = np.unique(kinds, return_index=True, return_inverse=True)
    found: Any = Ragged(cast(Any, features[first]), model.ops.asarray1i([len(first)]))
    for layer in model.layers:
        found = layer.predict(found)
    return Ragged(found.data[kind], words.lengths), _no_training


def _in_pieces(model: Model[Any, Any], rows: list[Floats2d], is_train: bool) -> tuple[list[Floats2d], _Backprop]:
    """The layer's output for each text; the layer pads texts so that none sees its neighbours."""
    layer = model.layers[0]
    return [output for piece in _pieces(rows) for output in layer.predict(piece)], _no_training


def _pieces(texts: list[Floats2d]) -> Iterator[list[Floats2d]]:
    piece: list[Floats2d] = []
    size = 0
    for text in texts:
        piece.append(text)
        size += len(text)
        if size >= _PIECE:
            yield piece
            piece, size = [], 0
    if piece:
        yield piece


def _as_it_is(model: Model[Any, Any], value: Any, is_train: bool) -> tuple[Any, _Backprop]:
    return value, _no_training


def _no_training(*_: Any) -> Any:
    raise NotImplementedError("this pipeline reads; it can't be trained")


@cache
def _libraries() -> tuple[LibController, ...]:
    return tuple(ThreadpoolController().select(user_api="blas").lib_controllers)
