"""The stages `fit` and `model`: from comments to the folder that is shipped, with a report."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from comity.signals.tables import shipped
from training import calibrate, evaluate
from training.contrast import TIMES, contrast
from training.examples import TEST, TRAIN, TUNE, Examples, buckets, gather
from training.fit import fit, margins
from training.pack import squeeze, write_model
from training.sources import ATTRIBUTES, LICENCES, bias_of, comments

BITS = 19
VERSION = "2026.11"
FITTED = "fitted.npz"
EVERYDAY = ("wiki_cat", "jigsaw_2k6", "jigsaw_282", "jigsaw_5k", "jigsaw_six", "jigsaw_multi")
"""Sources whose comments nobody picked for being abusive: the best to calibrate on."""
ENOUGH = 15
TRUSTED = 0.5
"""Only labels of at least this weight are tested on: what people said, not what lists imply."""


def _examples(data: Path) -> Examples:
    return gather([*comments(data), *contrast()])


def learn(data: Path, work: Path, bits: int = BITS) -> None:
    """The stage `fit`: read the comments, fit the weights, keep them in the work folder."""
    examples = _examples(data)
    train = examples.where(examples.split == TRAIN)
    print(f"{np.bincount(examples.split, minlength=3)} comments in train, tune, test")
    found, begins = buckets(train.texts, shipped(), bits)
    kin = np.array([bias_of(source) for source in train.sources.tolist()])
    times = np.where(kin == "contrast", TIMES, 1)
    table, bias = fit(found, begins, train.labels, train.weights, kin, times, bits)
    work.mkdir(parents=True, exist_ok=True)
    np.savez(work / FITTED, table=table, bias=bias)


def make_model(data: Path, work: Path, folder: Path) -> dict[str, Any]:
    """The stage `model`: pack the fitted weights, calibrate, evaluate, write. Returns the card."""
    with np.load(work / FITTED) as fitted:
        table, bias = fitted["table"], fitted["bias"]
    bits = len(table).bit_length() - 1
    examples = _examples(data)
    tune, test = (examples.where(examples.split == part) for part in (TUNE, TEST))
    packed, units = squeeze(table)
    kept = packed.astype(np.float64) * np.abs(packed) * units

    def measure(part: Examples) -> np.ndarray:
        return margins(*buckets(part.texts, shipped(), bits), kept, bias)

    languages = sorted(set(examples.languages.tolist()))
    curves = _curves(tune, measure(tune), languages)
    tested = _evaluate(test, measure(test), languages, curves, data)
    contrasted = _contrasted(test, measure(test), curves)
    names = [name for name in ATTRIBUTES if any(each["shipped"] for each in tested[name].values())]
    columns = [ATTRIBUTES.index(name) for name in names]
    lines = {key: calibrate.lines(*each) for key, each in curves.items()}
    flat = calibrate.lines(1.0, 0.0)
    grid = [[lines.get((name, language), flat) for name in names] for language in languages]
    arrays = {
        "weights": packed[:, columns],
        "scales": np.stack([units[columns], bias[columns]]),
        "margins": np.array([[margin for margin, _ in row] for row in grid]),
        "shares": np.array([[share for _, share in row] for row in grid]),
    }
    card = _card(examples, languages, names, tested, bits) | {"contrast": contrasted}
    write_model(folder, arrays, card)
    return card


def _curves(
    tune: Examples, margin: np.ndarray, languages: list[str]
) -> dict[tuple[str, str], tuple[float, float]]:
    """A calibration for each attribute in each language, on the best comments there are for it."""
    found = {}
    everyday = np.isin(tune.sources, EVERYDAY)
    for a, name in enumerate(ATTRIBUTES):
        known = tune.weights[:, a] > 0
        positive = tune.labels[:, a] >= 0.5
        for language in languages:
            spoken = known & (tune.languages == language)
            for here in (spoken & everyday, spoken, known & everyday, known):
                if min((here & positive).sum(), (here & ~positive).sum()) >= ENOUGH:
                    shares = tune.labels[here, a].astype(np.float64)
                    rate = calibrate.REFERENCE[name]
                    found[name, language] = calibrate.curve(margin[here, a], shares, rate)
                    break
    return found


def _evaluate(
    test: Examples,
    margin: np.ndarray,
    languages: list[str],
    curves: dict[tuple[str, str], tuple[float, float]],
    data: Path,
) -> dict[str, dict[str, dict[str, Any]]]:
    result: dict[str, dict[str, dict[str, Any]]] = {}
    print(
        f"{'attribute':<18}{'':<4}{'AUC':>6}{'95 % interval':>17}{'AP':>7}{'ECE':>7}"
        f"{'length':>8}{'words':>7}{'n':>8}{'pos':>6}"
    )
    for a, name in enumerate(ATTRIBUTES):
        result[name] = {}
        for language in languages:
            here = (test.weights[:, a] >= TRUSTED) & (test.languages == language)
            if (name, language) not in curves or not here.any():
                continue
            slope, offset = curves[name, language]
            scores = 1 / (1 + np.exp(-(slope * margin[here, a] + offset)))
            words = evaluate.word_list(data, name, language)
            chosen = test.where(here)
            shares = chosen.labels[:, a].astype(np.float64)
            rate = calibrate.REFERENCE[name]
            common = np.isin(chosen.sources, EVERYDAY)
            figures = evaluate.figures(scores, shares, chosen.texts, words, rate, common)
            if figures is None:
                continue
            result[name][language] = {**asdict(figures), "shipped": figures.worth_it}
            low, high = figures.interval
            print(
                f"{name:<18}{language:<4}{figures.auc:>6.3f}   [{low:.3f}, {high:.3f}]"
                f"{figures.average_precision:>7.3f}{figures.calibration_error:>7.3f}"
                f"{figures.length_auc:>8.3f}{figures.words_auc:>7.3f}{figures.comments:>8,}"
                f"{figures.positives:>6,}{'' if figures.worth_it else '   not shipped'}"
            )
    return result


def _contrasted(
    test: Examples, margin: np.ndarray, curves: dict[tuple[str, str], tuple[float, float]]
) -> dict[str, dict[str, float]]:
    """For each kind of contrast: the mean toxicity of its held-out sentences, and how many flag."""
    result = {}
    print("contrast, on held-out patterns and words: mean toxicity, share of 0.5 and more")
    for language in ("en", "zh"):
        slope, offset = curves["toxicity", language]
        for source in sorted({name for name in test.sources if name.startswith("contrast:")}):
            here = (test.sources == source) & (test.languages == language)
            if here.any():
                scores = 1 / (1 + np.exp(-(slope * margin[here, 0] + offset)))
                kind = f"{source.removeprefix('contrast:')} ({language})"
                flagged = float((scores >= 0.5).mean())
                result[kind] = {"mean": float(scores.mean()), "flagged": flagged}
                print(f"  {kind:<28}{scores.mean():>6.2f}{flagged:>6.0%}{here.sum():>6}")
    return result


def _card(
    examples: Examples,
    languages: list[str],
    names: list[str],
    tested: dict[str, dict[str, dict[str, Any]]],
    bits: int,
) -> dict[str, Any]:
    sources, counts = np.unique(examples.sources, return_counts=True)
    return {
        "name": "comity-civility",
        "version": VERSION,
        "tiers": ["fast"],
        "method": "logistic regression over hashed n-grams of words and characters",
        "buckets": 1 << bits,
        "languages": languages,
        "attributes": {
            name: {
                "languages": [lang for lang, each in tested[name].items() if each["shipped"]],
                "base_rate": calibrate.REFERENCE[name],
                "test": tested[name],
            }
            for name in names
        },
        "not_shipped": sorted(set(ATTRIBUTES) - set(names)),
        "sources": [
            {"name": name, "comments": int(count), "licence": LICENCES[name.partition(":")[0]]}
            for name, count in zip(sources.tolist(), counts.tolist(), strict=True)
        ],
    }
