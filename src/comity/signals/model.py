"""A model: a folder with its weights and its card, checked by hash.

Everything a score depends on lies in the folder, so that an old version scores as it always did.
Shipped models are `models/VERSION`; others may lie anywhere.
"""

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from comity.errors import Diagnostic, InputError
from comity.signals.linear import FOUR, Floats, Weights
from comity.signals.signal import ModelRef
from comity.signals.tables import Ints, read

if TYPE_CHECKING:
    from comity.signals.encoder import Encoder

NAME = "comity-civility"
WEIGHTS, VIEWS, CARD = "weights.npz", "views.npz", "card.json"
ENCODER, PIECES = "encoder.onnx", "pieces.model"


class Tier(StrEnum):
    """How much of a model looks at a text."""

    FAST = "fast"
    """The linear model alone."""
    FULL = "full"
    """The encoder too, wherever the linear model leaves something open."""


FILES: Mapping[Tier, tuple[str, ...]] = {
    Tier.FAST: (WEIGHTS, VIEWS),
    Tier.FULL: (WEIGHTS, VIEWS, ENCODER, PIECES),
}
"""What each tier reads."""


class ModelError(InputError):
    """A model that is not there, or not what its card says."""


@dataclass(frozen=True, slots=True)
class SecondLook:
    """The encoder, where it is asked, and how its margins are joined with the fast scores.

    An encoder is asked about a text if a fast score reaches `from_` [languages, attributes]. With
    s the fast score and m the margin, the score is the logistic function of a * logit(s) + b * m +
    c; `blend` [languages, attributes, 3] holds a, b and c; the encoder's margins are of more
    attributes than are shipped, `columns` tells which of them those are.
    """

    encoder: "Encoder"
    columns: Ints
    from_: Floats
    blend: Floats


@dataclass(frozen=True, slots=True)
class Model:
    """Weights [buckets, attributes and what fills up] and the rest; see `linear.score`."""

    ref: ModelRef
    card: Mapping[str, Any]
    tier: Tier
    languages: tuple[str, ...]
    attributes: tuple[str, ...]
    table: Ints
    weights: Weights
    scales: Floats
    margins: Floats
    shares: Floats
    second: SecondLook | None


def versions() -> tuple[str, ...]:
    """The shipped versions, oldest first."""
    return tuple(sorted(each.name for each in _shelf().iterdir() if (each / CARD).is_file()))


def load(version: str | None = None, tier: Tier | None = None) -> Model:
    """The shipped model of that version (the newest by default), or the one in that folder."""
    if version is not None and (Path(version) / CARD).is_file():
        return open_folder(Path(version), tier)
    there = versions()
    if not there:
        raise ModelError("No model is installed. `make train` makes one from the shared data.")
    version = there[-1] if version is None else version
    if version not in there:
        hint = f"installed: {', '.join(there)}; a folder with a {CARD} will do, too"
        raise ModelError([Diagnostic(f'There is no model "{version}".', hint=hint)])
    return open_folder(_shelf() / version, tier)


def open_folder(folder: Traversable, tier: Tier | None = None) -> Model:
    """Read a model, by default as much of it as there is, and make sure of what is read."""
    card = json.loads((folder / CARD).read_text("utf-8"))
    tier = Tier(card["tiers"][-1]) if tier is None else tier
    if tier not in card["tiers"]:
        problem = f"Model {card['version']} has no tier “{tier}”."
        raise ModelError([Diagnostic(problem, hint=f"it has {', '.join(card['tiers'])}")])
    contents = {name: (folder / name).read_bytes() for name in FILES[tier]}
    for name, content in contents.items():
        if hashlib.sha256(content).hexdigest() != card["files"][name]:
            problem = f"{name} of model {card['version']} is not the file its card describes."
            raise ModelError([Diagnostic(problem, hint="install Comity again")])
    with np.load(io.BytesIO(contents[WEIGHTS]), allow_pickle=False) as stored:
        arrays = dict(stored)
    weights = arrays["weights"]
    return Model(
        ModelRef(NAME, card["version"], identity({name: card["files"][name] for name in contents})),
        card,
        tier,
        tuple(card["languages"]),
        tuple(card["attributes"]),
        read(contents[VIEWS]),
        np.ascontiguousarray(np.pad(weights, ((0, 0), (0, -weights.shape[1] % FOUR)))),
        arrays["scales"],
        arrays["margins"],
        arrays["shares"],
        _second_look(contents, arrays) if tier is Tier.FULL else None,
    )


def _second_look(contents: Mapping[str, bytes], arrays: Mapping[str, Any]) -> SecondLook:
    from comity.signals.encoder import Encoder

    encoder = Encoder(contents[ENCODER], contents[PIECES])
    weights = arrays["blend"]
    # A model may have one row of marks for all languages.
    marks = np.broadcast_to(arrays["from"], weights.shape[:2])
    return SecondLook(encoder, arrays["columns"], marks, weights)


def identity(hashes: Mapping[str, str]) -> str:
    """One SHA-256 for all files of a model, in the format of `sha256sum`."""
    lines = "".join(f"{hashes[name]}  {name}\n" for name in sorted(hashes))
    return hashlib.sha256(lines.encode()).hexdigest()


def _shelf() -> Traversable:
    return files("comity.signals").joinpath("models")
