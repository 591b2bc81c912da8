"""The encoder and its heads, as a PyTorch module.

Shapes: a batch of b texts of at most t pieces; embeddings of 512 numbers; convolutions over 2, 3
and 5 neighbouring pieces, 256 numbers each. The architecture, down to where each window begins, is
that of the pretrained weights; new are the heads and the second pooling, over the strongest piece:
in a long comment one word can make the difference, and a mean would dilute it.
"""

from importlib.resources import files
from typing import Final

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from training.encoder.vocabulary import PACKAGE

WIDTH: Final = 512
CHANNELS: Final = 256
WINDOWS: Final = ((2, 0), (3, 1), (5, 2))
"""Pieces in a window, and how many of them lie before the piece itself."""
FEATURES: Final = WIDTH + len(WINDOWS) * CHANNELS
PEAKS: Final = 256
PAD: Final = 0


class Convolution(nn.Module):
    """Two residual convolutions over windows of one width."""

    def __init__(self, pieces: int, before: int) -> None:
        super().__init__()
        self.pieces, self.before = pieces, before
        self.enter = nn.Linear(WIDTH, CHANNELS)
        self.norm = nn.LayerNorm(CHANNELS)
        self.first = nn.Linear(pieces * CHANNELS, CHANNELS)
        self.second = nn.Linear(pieces * CHANNELS, CHANNELS)

    def forward(self, embedded: Tensor, there: Tensor) -> Tensor:
        """[b, t, WIDTH] → [b, t, CHANNELS]; `there` [b, t, 1] is 0 where a text has ended."""
        start = self.norm(self.enter(embedded)) * there
        middle = (start + torch.relu(self.first(self.windows(start)))) * there
        return middle + torch.relu(self.second(self.windows(middle)))

    def windows(self, values: Tensor) -> Tensor:
        """[b, t, c] → [b, t, pieces * c]: each place with its neighbours, zeros beyond the ends."""
        length = values.shape[1]
        padded = functional.pad(values, (0, 0, self.before, self.pieces - 1 - self.before))
        return torch.cat([padded[:, k : k + length] for k in range(self.pieces)], dim=2)


class Encoder(nn.Module):
    """From ids of pieces to a margin for each attribute."""

    def __init__(self, pieces: int, attributes: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(pieces, WIDTH, sparse=True)
        self.convolutions = nn.ModuleList(Convolution(*window) for window in WINDOWS)
        self.norm = nn.LayerNorm(FEATURES)
        self.mean = nn.Linear(FEATURES, WIDTH)
        self.d0 = nn.Linear(WIDTH, 320, bias=False)
        self.d1 = nn.Linear(320, 320, bias=False)
        self.p1 = nn.Linear(WIDTH, 320, bias=False)
        self.d2 = nn.Linear(320, WIDTH, bias=False)
        self.d3 = nn.Linear(WIDTH, WIDTH, bias=False)
        self.p3 = nn.Linear(320, WIDTH, bias=False)
        self.peak = nn.Linear(FEATURES, PEAKS)
        self.head = nn.Linear(WIDTH + PEAKS, attributes)
        self.dropout = nn.Dropout(0.2)

    def forward(self, ids: Tensor) -> Tensor:
        """ids [b, t], PAD beyond the end of a text → margins [b, attributes]."""
        embedded = self.embedding(ids)
        if torch.is_autocast_enabled("cpu"):
            embedded = embedded.to(torch.bfloat16)  # once, not before each product
        return self.head(self.dropout(self.encode(embedded, ids != PAD)))

    def encode(self, embedded: Tensor, mask: Tensor) -> Tensor:
        there = mask.unsqueeze(2).to(embedded.dtype)
        embedded = embedded * there
        parts = [embedded, *(each(embedded, there) for each in self.convolutions)]
        features = self.norm(torch.cat(parts, dim=2)) * there
        length = mask.sum(dim=1, keepdim=True)
        mean = (
            self.mean(features.sum(dim=1, dtype=torch.float32)) + (length - 1) * self.mean.bias
        ) / length.sqrt()
        y = torch.relu(self.p1(mean) + self.d1(torch.relu(self.d0(mean))))
        meaning = torch.tanh(self.p3(y) + self.d3(torch.relu(self.d2(y))))
        peaks = torch.relu(self.peak(features) * there).amax(dim=1)
        return torch.cat([meaning, peaks], dim=1)


def pretrained(kept: np.ndarray, attributes: int) -> Encoder:
    """The encoder with the package's weights, for the pieces kept; heads at random, seeded."""
    torch.manual_seed(0)
    encoder = Encoder(len(kept), attributes)
    path = files(PACKAGE).joinpath("weights.npz")
    with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        blocks = len(arrays["scale"])
        with torch.no_grad():
            for block in range(blocks):
                here = np.flatnonzero(kept % blocks == block)
                rows = arrays[f"q{block + 1}"][kept[here] // blocks].astype(np.float32)
                values = rows * arrays["scale"][block] + arrays["lo"][block]
                encoder.embedding.weight[here] = torch.from_numpy(values)
            for (n, _), layer in zip(WINDOWS, encoder.convolutions, strict=True):
                _set(layer.enter, arrays[f"proj{n}"], arrays[f"proj_b{n}"])
                _set(layer.first, arrays[f"w1_{n}"], arrays[f"b1_{n}"])
                _set(layer.second, arrays[f"w2_{n}"], arrays[f"b2_{n}"])
                _normal(layer.norm, arrays[f"ln_g{n}"], arrays[f"ln_b{n}"], float(arrays["eps"]))
            _normal(encoder.norm, arrays["ln_g"], arrays["ln_b"], float(arrays["eps"]))
            _set(encoder.mean, arrays["cnn_W"], arrays["cnn_b"])
            for name in ("d0", "d1", "p1", "d2", "d3", "p3"):
                _set(getattr(encoder, name), arrays[name])
    return encoder


def _set(layer: nn.Linear, weight: np.ndarray, bias: np.ndarray | None = None) -> None:
    layer.weight.copy_(torch.from_numpy(weight.T.copy()))
    if bias is not None:
        layer.bias.copy_(torch.from_numpy(bias))


def _normal(layer: nn.LayerNorm, gain: np.ndarray, bias: np.ndarray, small: float) -> None:
    layer.weight.copy_(torch.from_numpy(gain))
    layer.bias.copy_(torch.from_numpy(bias))
    layer.eps = small
