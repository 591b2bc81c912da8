"""Packing: weights as signed bytes, and the folder that is shipped."""

import hashlib
import io
import json
import zipfile
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from comity.signals.model import CARD, VIEWS, WEIGHTS, identity

CUT = 3
"""Bytes this near zero are zero: they weigh next to nothing and make the file far larger."""


def squeeze(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Bytes q [buckets, attributes] and units u [attributes], so that a weight is u * q * |q|."""
    units = np.maximum(np.abs(table).max(axis=0), 1e-9) / 127**2
    roots = np.sign(table) * np.sqrt(np.abs(table) / units)
    bytes_ = np.clip(np.rint(roots), -127, 127).astype(np.int8)
    bytes_[np.abs(bytes_) <= CUT] = 0
    return bytes_, units


def write_arrays(path: Path, arrays: dict[str, np.ndarray]) -> None:
    """A compressed .npz whose bytes depend on the arrays alone, not on the day."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in arrays.items():
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, np.asarray(array), allow_pickle=False)
            archive.writestr(
                zipfile.ZipInfo(f"{name}.npy"), buffer.getvalue(), zipfile.ZIP_DEFLATED
            )


def write_model(
    folder: Path, arrays: dict[str, np.ndarray], card: dict[str, Any], more: dict[str, bytes]
) -> None:
    """Write weights, `more` files and card, which names the hash of all that makes a score."""
    folder.mkdir(parents=True, exist_ok=True)
    write_arrays(folder / WEIGHTS, arrays)
    views = files("comity.signals").joinpath(VIEWS).read_bytes()
    for name, content in (more | {VIEWS: views}).items():
        (folder / name).write_bytes(content)
    hashes = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in (WEIGHTS, VIEWS, *more)
    }
    card = {**card, "files": hashes, "sha256": identity(hashes)}
    text = json.dumps(card, ensure_ascii=False, indent=1)
    (folder / CARD).write_text(text + "\n", "utf-8")
