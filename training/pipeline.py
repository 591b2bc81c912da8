"""The stages `fit`, `unseen` and `model`: from comments to what is shipped, with a report."""

import json
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from comity.signals.encoder import Encoder
from comity.signals.model import ENCODER, PIECES, Tier, open_folder
from comity.signals.scorer import Scorer, blend, logit
from comity.signals.tables import shipped
from comity.signals.views import plain
from training import calibrate, report
from training.blend import SURE, opening, weigh
from training.calibrate import EVERYDAY, Curves
from training.contrast import TIMES, contrast
from training.examples import TEST, TRAIN, TUNE, Examples, buckets, gather
from training.fit import fit, margins
from training.pack import squeeze, write_model
from training.sources import ATTRIBUTES, LICENCES, comments
from training.unseen import unseen

BITS = 19
VERSION = "2026.11"
FITTED = "fitted.npz"
UNSEEN = "unseen.json"


def examples_of(data: Path) -> Examples:
    return gather([*comments(data), *contrast()])


def learn(data: Path, work: Path, bits: int = BITS) -> None:
    """The stage `fit`: read the comments, fit the weights, keep them in the work folder."""
    examples = examples_of(data)
    train = examples.where(examples.split == TRAIN)
    print(f"{np.bincount(examples.split, minlength=3)} comments in train, tune, test")
    found, begins = buckets(train.texts, shipped(), bits)
    times = np.where(train.kin == "contrast", TIMES, 1)
    table, bias = fit(found, begins, train.labels, train.weights, train.kin, times, bits)
    work.mkdir(parents=True, exist_ok=True)
    np.savez(work / FITTED, table=table, bias=bias)


def leave_out(data: Path, work: Path, bits: int = BITS) -> None:
    """The stage `unseen`: learn without each corpus in turn, keep the figures for the card."""
    found = []
    for each in unseen(examples_of(data), bits):
        print(
            f"{each.corpus:<12}{each.language:<4}{each.comments:>6}  "
            f"learnt from {each.seen:.3f}  left out {each.unseen:.3f}"
        )
        found.append(asdict(each))
    work.mkdir(parents=True, exist_ok=True)
    (work / UNSEEN).write_text(json.dumps(found, indent=1), "utf-8")


@dataclass(frozen=True, slots=True)
class Fast:
    """The fast tier as it will be shipped: weights in bytes, and its calibration."""

    packed: np.ndarray
    units: np.ndarray
    bias: np.ndarray
    curves: Curves

    def scores(self, texts: list[str], languages: np.ndarray) -> np.ndarray:
        return self.curves.scores(
            _fast_margins(texts, self.packed, self.units, self.bias), languages
        )


@dataclass(frozen=True, slots=True)
class Full:
    """The full tier: the encoder, where it is asked, and what it is blended with."""

    encoder: Encoder
    everyday: np.ndarray
    """Fast scores of everyday comments, by which it is decided what is looked at again."""
    sure: np.ndarray
    """Of which languages there are comments enough to skip any [languages]."""
    from_: np.ndarray
    blend: np.ndarray
    known: np.ndarray

    def scores(self, fast: np.ndarray, texts: list[str], rows: np.ndarray) -> np.ndarray:
        """Fast scores with second looks at those that are open."""
        result = fast.copy()
        open_ = np.flatnonzero((fast >= self.from_[rows]).any(axis=1))
        margins = self.encoder.margins([plain(texts[k]) for k in open_])
        result[open_] = blend(fast[open_], margins, self.blend[rows[open_]])
        return result

    def everywhere(self) -> "Full":
        """The same, asked about every text."""
        return replace(self, from_=np.zeros_like(self.from_))

    def about(self, columns: list[int]) -> "Full":
        """The same, asked only where one of these attributes is open."""
        marks = np.full_like(self.from_, np.inf)
        marks[:, columns] = opening(self.everyday[:, columns], self.sure)
        return replace(self, from_=marks)


def make_model(data: Path, work: Path, folder: Path) -> dict[str, Any]:
    """The stage `model`: pack the fitted weights, calibrate, evaluate, write. Returns the card.

    With an encoder in the work folder the model gets its full tier.
    """
    examples = examples_of(data)
    tune, test = (examples.where(examples.split == part) for part in (TUNE, TEST))
    languages = sorted(set(examples.languages.tolist()))
    fast = _fast(work, tune, languages)
    fast_scores = fast.scores(test.texts, test.languages)
    print("the fast tier")
    results = {Tier.FAST: report.tested(test, fast_scores, fast.curves.known, languages, data)}
    scores, full = fast_scores, None
    rows = fast.curves.rows(test.languages)
    if (work / ENCODER).exists():
        full = _full(work, fast, tune)
        print("the full tier, asked about everything")
        everywhere = full.everywhere().scores(fast_scores, test.texts, rows)
        results[Tier.FULL] = report.tested(test, everywhere, full.known, languages, data)
    best = list(results)[-1]
    names = [name for name in ATTRIBUTES if report.shipped(results[best])[name]]
    columns = [ATTRIBUTES.index(name) for name in names]
    if full:
        full = full.about(columns)
        scores = full.scores(fast_scores, test.texts, rows)
    arrays = _arrays(fast, full, columns)
    card = _card(examples, languages, names, results)
    card["contrast"] = report.contrasted(test, scores)

    def score(texts: Any, language: str) -> np.ndarray:
        spoken = np.array([language] * len(texts))
        first = fast.scores(list(texts), spoken)
        return full.scores(first, list(texts), fast.curves.rows(spoken)) if full else first

    card["fairness"] = report.fair(score)
    if (work / UNSEEN).exists():
        card["unseen"] = json.loads((work / UNSEEN).read_text("utf-8"))
    card["reliability"] = report.reliability(test, scores, names, languages)
    card["thresholds"] = report.thresholds(test, scores, names, languages)
    if full:
        card["second_look"] = _second_look(full, rows, fast_scores, scores, everywhere, test)
    files = {name: (work / name).read_bytes() for name in (ENCODER, PIECES)} if full else {}
    write_model(folder, arrays, card, files)
    card["spans"] = report.span_f1(data, partial(_explain, Scorer(open_folder(folder))))
    print(f"spans: {card['spans']}")
    write_model(folder, arrays, card, files)
    return card


def _explain(scorer: Scorer, texts: list[str]) -> list[set[int]]:
    """The code points that toxicity is explained by, in each English text."""
    return [
        {
            point
            for span in scores.spans
            if span.attribute == "toxicity"
            for point in range(span.begin, span.end)
        }
        for scores in scorer.score(texts, ["en"] * len(texts))
    ]


def _fast_margins(
    texts: list[str], packed: np.ndarray, units: np.ndarray, bias: np.ndarray
) -> np.ndarray:
    kept = packed.astype(np.float64) * np.abs(packed) * units
    return margins(*buckets(texts, shipped(), len(packed).bit_length() - 1), kept, bias)


def _fast(work: Path, tune: Examples, languages: list[str]) -> Fast:
    with np.load(work / FITTED) as fitted:
        table, bias = fitted["table"], fitted["bias"]
    packed, units = squeeze(table)
    measured = _fast_margins(tune.texts, packed, units, bias)
    return Fast(packed, units, bias, calibrate.curves(tune, measured, languages))


def _full(work: Path, fast: Fast, tune: Examples) -> Full:
    """Weigh the tiers against each other, and calibrate what comes of it."""
    encoder = Encoder((work / ENCODER).read_bytes(), (work / PIECES).read_bytes())
    scores = fast.scores(tune.texts, tune.languages)
    second = encoder.margins([plain(text) for text in tune.texts]).astype(np.float64)
    first, rows = logit(scores), fast.curves.rows(tune.languages)
    weights = weigh(tune, first, second, fast.curves.languages)
    joined = first * weights[rows, :, 0] + second * weights[rows, :, 1]
    curves = calibrate.curves(tune, joined, fast.curves.languages)
    blended = np.concatenate([curves.slopes[:, :, None] * weights, curves.offsets[:, :, None]], 2)
    everyday = scores[np.isin(tune.sources, EVERYDAY)]
    sure = np.bincount(rows, minlength=len(curves.languages)) >= SURE
    return Full(encoder, everyday, sure, opening(everyday, sure), blended, curves.known)


def _second_look(
    full: Full,
    rows: np.ndarray,
    fast: np.ndarray,
    cascade: np.ndarray,
    everywhere: np.ndarray,
    test: Examples,
) -> dict[str, Any]:
    """How many comments the encoder is asked about, and what is lost by not asking about all."""
    open_ = (fast >= full.from_[rows]).any(axis=1)
    everyday = np.isin(test.sources, EVERYDAY)
    found: dict[str, Any] = {"everyday_comments_opened": float(open_[everyday].mean()), "auc": {}}
    for language in sorted(set(test.languages.tolist())):
        here = (test.languages == language) & (test.weights[:, 0] >= report.TRUSTED)
        truth = test.labels[here, 0] >= 0.5
        found["auc"][language] = {
            name: report.auc(truth, scores[here, 0])
            for name, scores in (("fast", fast), ("cascade", cascade), ("encoder", everywhere))
        }
    print(f"second look: {found}")
    return found


def _arrays(fast: Fast, full: Full | None, columns: list[int]) -> dict[str, np.ndarray]:
    curves = fast.curves
    grid = [
        [calibrate.lines(curves.slopes[row, a], curves.offsets[row, a]) for a in columns]
        for row in range(len(curves.languages))
    ]
    arrays = {
        "weights": fast.packed[:, columns],
        "scales": np.stack([fast.units[columns], fast.bias[columns]]),
        "margins": np.array([[margin for margin, _ in row] for row in grid]),
        "shares": np.array([[share for _, share in row] for row in grid]),
    }
    if full:
        arrays |= {"from": full.from_[:, columns], "blend": full.blend[:, columns]}
        arrays["columns"] = np.array(columns)
    return arrays


def _card(
    examples: Examples,
    languages: list[str],
    names: list[str],
    results: dict[Tier, dict[str, dict[str, dict[str, Any]]]],
) -> dict[str, Any]:
    sources, counts = np.unique(examples.sources, return_counts=True)
    best = list(results)[-1]
    return {
        "name": "comity-civility",
        "version": VERSION,
        "tiers": list(results),
        "method": {
            "fast": "logistic regression over hashed n-grams of words and characters",
            "full": "the fast tier, joined with a convolutional sentence encoder where it is open",
        },
        "languages": languages,
        "attributes": {
            name: {
                "languages": {tier: report.shipped(each)[name] for tier, each in results.items()},
                "base_rate": calibrate.REFERENCE[name],
                "test": results[best][name],
                "fast": {lang: found["auc"] for lang, found in results[Tier.FAST][name].items()},
            }
            for name in names
        },
        "not_shipped": sorted(set(ATTRIBUTES) - set(names)),
        "sources": [
            {"name": name, "comments": int(count), "licence": LICENCES[name.partition(":")[0]]}
            for name, count in zip(sources.tolist(), counts.tolist(), strict=True)
        ],
    }
