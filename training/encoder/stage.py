"""The stage `encoder`: from comments to the graph and the pieces that it reads."""

from pathlib import Path
from typing import Final

import numpy as np
import torch
from sentencepiece import SentencePieceProcessor

from comity.signals.encoder import encodable
from comity.signals.model import ENCODER, PIECES
from comity.signals.views import plain
from training.encoder import network, vocabulary
from training.encoder.export import export, measure_reach
from training.encoder.teach import Lesson, teach
from training.examples import TRAIN, Examples

EPOCHS: Final = 2.5
CONTRASTS: Final = 3
"""Visits in an epoch to the sentences written for this project."""
LEVELS: Final = 31
"""Steps of an embedding to either side of zero; 127 would make the file a quarter larger."""
REACHED: Final = 400
"""One comment in so many shows how far values go within the encoder."""
CHECKPOINT: Final = "encoder.pt"


def make_encoder(examples: Examples, work: Path) -> None:
    """Teach, from the checkpoint in the work folder if there is one; about an hour on one core."""
    torch.set_num_threads(1)  # two wait for each other where anything else runs
    work.mkdir(parents=True, exist_ok=True)
    texts = [plain(text) for text in examples.texts]
    model, kept = vocabulary.prune(texts)
    train = np.flatnonzero(examples.split == TRAIN)
    kin = examples.kin[train]
    lesson = Lesson(
        _cut(model, [texts[k] for k in train]),
        examples.labels[train],
        examples.weights[train],
        np.unique(kin, return_inverse=True)[1],
        np.where(kin == "contrast", CONTRASTS, 1),
    )
    encoder = network.pretrained(kept, examples.labels.shape[1])
    biases = teach(encoder, lesson, EPOCHS, work / CHECKPOINT)
    (work / PIECES).write_bytes(model)
    reach = measure_reach(encoder, lesson.pieces[::REACHED])
    (work / ENCODER).write_bytes(export(encoder, biases, LEVELS, reach))


def _cut(model: bytes, texts: list[str]) -> list[np.ndarray]:
    processor = SentencePieceProcessor(model_proto=model)
    whole = [encodable(text) for text in texts]
    return [np.array(each) for each in processor.encode(whole, add_bos=True, add_eos=True)]
