"""The encoder of the full tier: what a comment means, where its letters alone leave it open.

The noun is `Encoder`, the verb `margins`. The graph was taught in `training.encoder`; ONNX Runtime
runs it here, on one thread, so that workers do not fight over cores.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
from onnxruntime import InferenceSession, SessionOptions
from sentencepiece import SentencePieceProcessor

Margins = np.ndarray[Any, np.dtype[np.float32]]
Numbers = np.ndarray[Any, np.dtype[np.intp]]

LONGEST: Final = 256
"""Pieces of a comment that are read; an English word has one or two, a Chinese character one."""
_PER_PIECE: Final = 16
"""No piece has more letters, so that much of a text is enough to cut LONGEST pieces from."""
_PAD: Final = 0
_PIECES_AT_ONCE: Final = 512
"""What a layer makes of so many stays in a processor's own cache. With 2,048 contested Chinese took
half as long again, and 100 MiB more were needed."""


class Encoder:
    """A loaded graph with the pieces it reads. May be used from many threads."""

    def __init__(self, graph: bytes, pieces: bytes) -> None:
        options = SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False  # it would keep what the largest batch once needed
        self._session = InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        self._pieces = SentencePieceProcessor(model_proto=pieces)

    def margins(self, texts: Sequence[str]) -> Margins:
        """Margins [texts, attributes] of folded texts; see `views`."""
        cut = self._cut(texts)
        lengths = np.array([len(each) for each in cut])
        result = np.empty((len(texts), self._session.get_outputs()[0].shape[1]), np.float32)
        for chosen in _alike(lengths):
            ids = np.full((len(chosen), lengths[chosen[-1]]), _PAD, np.int64)
            for row, k in zip(ids, chosen, strict=True):
                row[: lengths[k]] = cut[k]
            (result[chosen],) = self._session.run(None, {"pieces": ids})
        return result

    def _cut(self, texts: Sequence[str]) -> list[list[int]]:
        beginnings = [encodable(text[: LONGEST * _PER_PIECE]) for text in texts]
        cut = self._pieces.encode(beginnings, add_bos=True, add_eos=True, num_threads=1)
        return [pieces[:LONGEST] for pieces in cut]


def encodable(text: str) -> str:
    """The text as SentencePiece takes it, in UTF-8: lone surrogates become question marks."""
    return text.encode("utf-8", "replace").decode()


def _alike(lengths: Numbers) -> Iterator[Numbers]:
    """Numbers of texts of like length, so that little is padding, in batches of bounded size."""
    order = np.argsort(lengths, kind="stable")
    begin = 0
    while begin < len(order):
        # Rows grow longer within a batch: as many as fit if all were as long as the last.
        end = begin + 1
        while end < len(order) and lengths[order[end]] * (end + 1 - begin) <= _PIECES_AT_ONCE:
            end += 1
        yield order[begin:end]
        begin = end
