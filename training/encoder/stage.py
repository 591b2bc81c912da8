"""The stage `encoder`: from comments to the graph and the pieces that it reads."""

import multiprocessing
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
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
from training.encoder.network import Encoder
from training.encoder.teach import Lesson, margins, teach
from training.examples import TRAIN, Examples

EPOCHS: Final = (2.0, 1.5)
"""First the comments of the corpora; then these and the sentences written for this project, which
say what the corpora leave in doubt."""
GENTLER: Final = (1.0, 0.75)
"""The learning rates of both lessons, as shares of the usual ones."""
CONTRASTS: Final = 2
"""Visits in an epoch to the sentences written for this project."""
ESTIMATED: Final = 0.5
"""How far the second lesson's labels of the corpora's comments go towards what was estimated after
the first: many rest on one reader, and with labels alone the second would forget what the first
taught (Li and Hoiem, "Learning without Forgetting", 2016)."""
COURSES: Final = 2
"""Encoders taught side by side from the same weights; their mean makes fewer mistakes than either
(Wortsman and others, "Model soups", 2022)."""
LEVELS: Final = 31
"""Steps of an embedding to either side of zero; 127 would make the file a quarter larger."""
REACHED: Final = 400
"""One comment in so many shows how far values go within the encoder."""
CHECKPOINT: Final = "encoder-{}-{}.pt"
"""Which course, which lesson."""


def make_encoder(examples: Examples, work: Path) -> None:
    """Teach, from the checkpoints in the work folder if there are any; an hour on two cores."""
    work.mkdir(parents=True, exist_ok=True)
    texts = [plain(text) for text in examples.texts]
    own = examples.kin == "contrast"
    model, kept = vocabulary.prune(text for text, ours in zip(texts, own, strict=True) if not ours)
    train = examples.split == TRAIN
    corpora = np.flatnonzero(train & ~own)
    pieces = _cut(model, texts)
    first = _lesson(pieces, examples, corpora, np.ones(own.shape, int))
    encoder, biases = _taught([first], kept, work)
    estimates = 1 / (1 + np.exp(-margins(encoder, first.pieces) - biases[first.sources]))
    labels = examples.labels.copy()
    labels[corpora] += ESTIMATED * (estimates - labels[corpora])
    estimated = replace(examples, labels=labels)
    second = _lesson(pieces, estimated, np.flatnonzero(train), np.where(own, CONTRASTS, 1))
    encoder, biases = _taught([first, second], kept, work)
    (work / PIECES).write_bytes(model)
    reach = measure_reach(encoder, second.pieces[::REACHED])
    (work / ENCODER).write_bytes(export(encoder, second.usual(biases), LEVELS, reach))


def take_course(
    lessons: list[Lesson], kept: np.ndarray, work: Path, course: int
) -> tuple[Encoder, np.ndarray]:
    """One encoder taught these lessons, comments in an order of its own, and the last's biases."""
    torch.set_num_threads(1)  # two wait for each other where anything else runs
    encoder = network.pretrained(kept, lessons[0].labels.shape[1])
    for number, lesson in enumerate(lessons):
        checkpoint = work / CHECKPOINT.format(course + 1, number + 1)
        seed = number * COURSES + course
        biases = teach(encoder, lesson, EPOCHS[number], GENTLER[number], checkpoint, seed)
    return encoder, biases


def _taught(lessons: list[Lesson], kept: np.ndarray, work: Path) -> tuple[Encoder, np.ndarray]:
    """The mean of all courses; a lesson whose checkpoint is complete is not taught again."""
    with ProcessPoolExecutor(COURSES, multiprocessing.get_context("spawn")) as processes:
        taught = list(processes.map(partial(take_course, lessons, kept, work), range(COURSES)))
    encoders, biases = zip(*taught, strict=True)
    return mean(encoders), np.mean(biases, axis=0)


def mean(encoders: Sequence[Encoder]) -> Encoder:
    """The encoder whose every weight is the mean of theirs."""
    found, states = encoders[0], [encoder.state_dict() for encoder in encoders]
    found.load_state_dict(
        {name: torch.stack([state[name] for state in states]).mean(dim=0) for name in states[0]}
    )
    return found


def _lesson(
    pieces: list[np.ndarray], examples: Examples, chosen: np.ndarray, times: np.ndarray
) -> Lesson:
    return Lesson(
        [pieces[k] for k in chosen],
        examples.labels[chosen],
        examples.weights[chosen],
        np.unique(examples.kin[chosen], return_inverse=True)[1],
        times[chosen],
    )


def _cut(model: bytes, texts: list[str]) -> list[np.ndarray]:
    processor = SentencePieceProcessor(model_proto=model)
    whole = [encodable(text) for text in texts]
    return [np.array(each) for each in processor.encode(whole, add_bos=True, add_eos=True)]
