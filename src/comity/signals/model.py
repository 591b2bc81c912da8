"""A shipped model: a folder `models/VERSION` with its weights and its card, checked by hash."""

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np

from comity.errors import Diagnostic, InputError
from comity.signals.linear import FOUR, Floats, Weights
from comity.signals.signal import ModelRef
from comity.signals.tables import Ints, read

NAME = "comity-civility"
WEIGHTS, VIEWS, CARD = "weights.npz", "views.npz", "card.json"


class ModelError(InputError):
    """A model that is not there, or not what its card says."""


@dataclass(frozen=True, slots=True)
class Model:
    """Weights [buckets, attributes and what fills up] and the rest; see `linear.score`."""

    ref: ModelRef
    card: Mapping[str, Any]
    languages: tuple[str, ...]
    attributes: tuple[str, ...]
    table: Ints
    weights: Weights
    scales: Floats
    margins: Floats
    shares: Floats


def versions() -> tuple[str, ...]:
    """The shipped versions, oldest first."""
    return tuple(sorted(each.name for each in _shelf().iterdir() if (each / CARD).is_file()))


def load(version: str | None = None) -> Model:
    """The shipped model of that version, the newest by default."""
    there = versions()
    if not there:
        raise ModelError("No model is installed. `make train` makes one from the shared data.")
    version = there[-1] if version is None else version
    if version not in there:
        hint = f"installed: {', '.join(there)}"
        raise ModelError([Diagnostic(f'There is no model "{version}".', hint=hint)])
    return open_folder(_shelf() / version)


def open_folder(folder: Traversable) -> Model:
    """Read a model and make sure that its files are those the card was written for."""
    card = json.loads((folder / CARD).read_text("utf-8"))
    contents = {
        WEIGHTS: (folder / WEIGHTS).read_bytes(),
        VIEWS: files("comity.signals").joinpath(VIEWS).read_bytes(),
    }
    for name, content in contents.items():
        if hashlib.sha256(content).hexdigest() != card["files"][name]:
            problem = f"{name} of model {card['version']} is not the file its card describes."
            raise ModelError([Diagnostic(problem, hint="install Comity again")])
    with np.load(io.BytesIO(contents[WEIGHTS]), allow_pickle=False) as arrays:
        weights, scales, margins, shares = (
            arrays[name] for name in ("weights", "scales", "margins", "shares")
        )
    return Model(
        ModelRef(NAME, card["version"], identity(card["files"])),
        card,
        tuple(card["languages"]),
        tuple(card["attributes"]),
        read(contents[VIEWS]),
        np.ascontiguousarray(np.pad(weights, ((0, 0), (0, -weights.shape[1] % FOUR)))),
        scales,
        margins,
        shares,
    )


def identity(hashes: Mapping[str, str]) -> str:
    """One SHA-256 for all files of a model, in the format of `sha256sum`."""
    lines = "".join(f"{hashes[name]}  {name}\n" for name in sorted(hashes))
    return hashlib.sha256(lines.encode()).hexdigest()


def _shelf() -> Traversable:
    return files("comity.signals").joinpath("models")
