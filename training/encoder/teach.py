"""Teaching: all weights of the encoder, on every labelled comment, with checkpoints.

As in the fast tier, each source has biases of its own that take up its base rates and are left
behind, and a label counts by its weight. Rows of the embedding learn by a sparse Adam of their own,
at a higher rate: most pieces are met only a few times.
"""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import torch
from torch.nn import functional

from training.encoder.network import PAD, Encoder

LONGEST: Final = 128
"""Pieces of a comment that are learnt from; what follows is rarely what it was labelled for."""
PIECES: Final = 4096
"""Pieces in a batch, padding included."""
RATE, EMBEDDING_RATE, BIAS_RATE = 4e-4, 2e-3, 1e-2
WARM: Final = 0.03
DROPPED: Final = 0.08
"""The share of pieces that are replaced by the unknown one, anew at each visit."""
SAVE_EVERY: Final = 1000


@dataclass(slots=True)
class Lesson:
    """n comments as pieces [n][…], with labels and weights [n, attributes], sources [n] and how
    often each is visited in an epoch."""

    pieces: list[np.ndarray]
    labels: np.ndarray
    weights: np.ndarray
    sources: np.ndarray
    times: np.ndarray

    def usual(self, biases: np.ndarray) -> np.ndarray:
        """The mean bias [attributes] where a label is known, from the sources' [sources, …]."""
        known = self.weights > 0
        return (biases[self.sources] * known).sum(axis=0) / np.maximum(known.sum(axis=0), 1)


def teach(
    encoder: Encoder, lesson: Lesson, epochs: float, pace: float, checkpoint: Path, seed: int
) -> np.ndarray:
    """Teach the encoder in place; returns the biases [sources, attributes] learnt beside it.

    `pace`: the learning rates as a share of the usual ones.
    Begins again from the checkpoint where there is one.
    """
    count = int(lesson.sources.max()) + 1
    biases = torch.zeros(count, lesson.labels.shape[1], requires_grad=True)
    embedding = encoder.embedding.weight
    rest = [part for part in encoder.parameters() if part is not embedding]
    optimizers = [
        torch.optim.AdamW(rest, lr=RATE, weight_decay=0.01, fused=True),
        torch.optim.SparseAdam([embedding], lr=EMBEDDING_RATE),
        torch.optim.Adam([biases], lr=BIAS_RATE),
    ]
    rates = [RATE, EMBEDDING_RATE, BIAS_RATE]
    batches = _batches(lesson, epochs, seed)
    step = _restore(checkpoint, encoder, biases, optimizers)
    generator = torch.Generator().manual_seed(seed + step)
    labels, weights = (
        torch.from_numpy(np.nan_to_num(lesson.labels)),
        torch.from_numpy(lesson.weights),
    )
    encoder.train()
    begun, mean = time.monotonic(), 0.0
    for number in range(step, len(batches)):
        done = number / len(batches)
        factor = min(1.0, done / WARM + 0.01) * (1 - done)
        for optimizer, rate in zip(optimizers, rates, strict=True):
            optimizer.param_groups[0]["lr"] = rate * pace * max(factor, 1e-3)
            optimizer.zero_grad()
        chosen = batches[number]
        ids = _drop(_pad([lesson.pieces[k] for k in chosen]), generator)
        with torch.autocast("cpu", torch.bfloat16):
            margins = encoder(ids)
        whole = margins.float() + biases[lesson.sources[chosen]]
        each = functional.binary_cross_entropy_with_logits(whole, labels[chosen], reduction="none")
        loss = (each * weights[chosen]).sum() / len(chosen)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(rest, 1.0)
        for optimizer in optimizers:
            optimizer.step()
        mean += 0.01 * (float(loss.detach()) - mean) if mean else float(loss.detach())
        if (number + 1) % 100 == 0:
            left = (time.monotonic() - begun) / (number + 1 - step) * (len(batches) - number)
            where = f"{checkpoint.stem}  {number + 1}/{len(batches)}"
            print(f"{where}  loss {mean:.4f}  {left / 60:.0f} min", flush=True)
        if (number + 1) % SAVE_EVERY == 0:
            _save(checkpoint, number + 1, encoder, biases, optimizers)
    _save(checkpoint, len(batches), encoder, biases, optimizers)
    encoder.eval()
    return biases.detach().numpy()


@torch.no_grad()
def margins(encoder: Encoder, pieces: list[np.ndarray]) -> np.ndarray:
    """Margins [n, attributes], without biases."""
    encoder.eval()
    result = np.empty((len(pieces), encoder.head.out_features), np.float32)
    order = np.argsort([len(each) for each in pieces])
    for begin in range(0, len(order), 256):
        chosen = order[begin : begin + 256]
        result[chosen] = encoder(_pad([pieces[k] for k in chosen])).numpy()
    return result


def _batches(lesson: Lesson, epochs: float, seed: int) -> list[np.ndarray]:
    """Comments of like length together, batches in a random order; a new one in each epoch."""
    lengths = np.array([min(len(each), LONGEST) for each in lesson.pieces])
    visits = np.repeat(np.arange(len(lengths)), lesson.times)
    random = np.random.default_rng(seed)
    found: list[np.ndarray] = []
    while epochs > 0:
        share = visits if epochs >= 1 else random.permutation(visits)[: int(epochs * len(visits))]
        noisy = lengths[share] + random.random(len(share)) * (2 + lengths[share] / 10)
        order = share[np.argsort(noisy)]
        epoch, begin = [], 0
        while begin < len(order):
            size = max(8, PIECES // int(lengths[order[begin]] * 1.1 + 3))
            epoch.append(np.sort(order[begin : begin + size]))
            begin += size
        found += [epoch[k] for k in random.permutation(len(epoch))]
        epochs -= 1
    return found


def _pad(pieces: list[np.ndarray]) -> torch.Tensor:
    length = max(min(len(each), LONGEST) for each in pieces)
    ids = np.full((len(pieces), length), PAD, np.int64)
    for row, each in zip(ids, pieces, strict=True):
        row[: min(len(each), length)] = each[:length]
    return torch.from_numpy(ids)


def _drop(ids: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """Replace some pieces by <s>, which says nothing of its own (the unknown piece is PAD)."""
    dropped = torch.rand(ids.shape, generator=generator) < DROPPED
    return torch.where(dropped & (ids > 2), torch.ones_like(ids), ids)


def _save(path: Path, step: int, encoder: Encoder, biases: torch.Tensor, optimizers: list) -> None:
    state = {
        "step": step,
        "encoder": encoder.state_dict(),
        "biases": biases.detach(),
        "optimizers": [optimizer.state_dict() for optimizer in optimizers],
    }
    torch.save(state, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


def _restore(path: Path, encoder: Encoder, biases: torch.Tensor, optimizers: list) -> int:
    if not path.exists():
        return 0
    state = torch.load(path, weights_only=True)
    encoder.load_state_dict(state["encoder"])
    with torch.no_grad():
        biases.copy_(state["biases"])
    for optimizer, saved in zip(optimizers, state["optimizers"], strict=True):
        optimizer.load_state_dict(saved)
    return int(state["step"])
