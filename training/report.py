"""What is told of a model: each figure of the card, measured on what it was never trained on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import roc_auc_score

from training import calibrate, evaluate
from training.corpus import rows
from training.examples import Examples
from training.fairness import fairness, false_positive_gap
from training.identity import cases
from training.sources import ATTRIBUTES, HARMS, TRUSTED, clean

RATES = (0.01, 0.1)
"""How frequent an attribute may be in a community, for which thresholds are recommended."""

Scoring = Callable[[Sequence[str], str], np.ndarray]
"""Texts in one language → scores [texts, attributes]."""


def tested(
    test: Examples, scores: np.ndarray, known: np.ndarray, languages: Sequence[str], data: Path
) -> dict[str, dict[str, dict[str, Any]]]:
    """Attribute → language → figures, and whether they are good enough to ship it.

    scores [n, attributes]; known [languages, attributes]: where there is a calibration.
    """
    result: dict[str, dict[str, dict[str, Any]]] = {}
    print(
        f"{'attribute':<18}{'':<4}{'AUC':>6}{'95 % interval':>17}{'AP':>7}{'ECE':>7}"
        f"{'length':>8}{'words':>7}{'n':>8}{'pos':>6}"
    )
    for a, name in enumerate(ATTRIBUTES):
        result[name] = {}
        for row, language in enumerate(languages):
            here = _labelled(test, a, language)
            if not known[row, a] or not here.any():
                continue
            words = evaluate.word_list(data, name, language)
            chosen = test.where(here)
            shares = chosen.labels[:, a].astype(np.float64)
            judged = _judged(test, a, language)
            if judged is None:
                continue
            rate = calibrate.base_rate(name, test.where(judged))
            figures = evaluate.figures(
                scores[here, a], shares, chosen.texts, words, rate, judged[here]
            )
            ours = bool(chosen.ours.any())
            # A quality that only our own sentences show is a style of writing, until proven.
            shipped = figures.worth_it and (name in HARMS or not ours)
            result[name][language] = {**asdict(figures), "ours": ours, "shipped": shipped}
            low, high = figures.interval
            print(
                f"{name:<18}{language:<4}{figures.auc:>6.3f}   [{low:.3f}, {high:.3f}]"
                f"{figures.average_precision:>7.3f}{figures.calibration_error:>7.3f}"
                f"{figures.length_auc:>8.3f}{figures.words_auc:>7.3f}{figures.comments:>8,}"
                f"{figures.positives:>6,}{'' if shipped else '   not shipped'}"
            )
    return result


def contrasted(test: Examples, scores: np.ndarray) -> dict[str, dict[str, float]]:
    """For each kind of contrast, on held-out patterns: what readers would say, and the model."""
    result = {}
    print("contrast, on held-out patterns and words: readers, mean toxicity, share on their side")
    for language in ("en", "zh"):
        for source in sorted({name for name in test.sources if name.startswith("contrast:")}):
            here = (test.sources == source) & (test.languages == language)
            here &= test.weights[:, 0] > 0
            if not here.any():
                continue
            own, shares = scores[here, 0], test.labels[here, 0]
            kind = f"{source.removeprefix('contrast:')} ({language})"
            right = float(((own >= 0.5) == (shares >= 0.5)).mean())
            result[kind] = {
                "sentences": int(here.sum()),
                "readers": float(shares.mean()),
                "mean": float(own.mean()),
                "right": right,
            }
            print(
                f"  {kind:<40}{shares.mean():>6.2f}{own.mean():>6.2f}{right:>6.0%}{here.sum():>6}"
            )
    return result


def reliability(
    test: Examples, scores: np.ndarray, names: Sequence[str], languages: Sequence[str]
) -> dict[str, dict[str, list[dict[str, float]]]]:
    """Attribute → language → ten steps of the score: mean score, share of readers, weight.

    At the reference base rate, on everyday comments where there are enough of them.
    """
    found: dict[str, dict[str, list[dict[str, float]]]] = {}
    for name in names:
        a = ATTRIBUTES.index(name)
        found[name] = {}
        for language in languages:
            here = _judged(test, a, language)
            if here is None:
                continue
            rate = calibrate.base_rate(name, test.where(here))
            weights, shares = calibrate.at_reference(test.labels[here, a].astype(float), rate)
            own = scores[here, a]
            step = np.minimum((own * 10).astype(int), 9)
            found[name][language] = [
                {
                    "score": float(np.average(own[step == k], weights=weights[step == k])),
                    "readers": float(np.average(shares[step == k], weights=weights[step == k])),
                    "weight": float(weights[step == k].sum() / weights.sum()),
                }
                for k in np.unique(step).tolist()
            ]
    return found


def thresholds(
    test: Examples, scores: np.ndarray, names: Sequence[str], languages: Sequence[str]
) -> list[dict[str, Any]]:
    """For each attribute and language the threshold with the best F1 where it is rare and not."""
    found = []
    for name in names:
        a = ATTRIBUTES.index(name)
        for language in languages:
            here = _judged(test, a, language)
            if here is None:
                continue
            truth, own = test.labels[here, a] >= 0.5, scores[here, a]
            about = {"attribute": name, "language": language}
            found += [about | {"base_rate": rate} | _best(truth, own, rate) for rate in RATES]
    return found


def _labelled(test: Examples, a: int, language: str) -> np.ndarray:
    """The comments to test an attribute on: our own sentences only for want of real ones."""
    here = (test.weights[:, a] >= TRUSTED) & (test.languages == language)
    real = here & ~test.ours
    return real if _enough(test, real, a) else here


def _judged(test: Examples, a: int, language: str) -> np.ndarray | None:
    """Everyday comments, or else any; None where there are too few."""
    here = _labelled(test, a, language)
    everyday = here & np.isin(test.sources, calibrate.EVERYDAY)
    return next((chosen for chosen in (everyday, here) if _enough(test, chosen, a)), None)


def _enough(test: Examples, chosen: np.ndarray, a: int) -> bool:
    positives = int((test.labels[chosen, a] >= 0.5).sum())
    return min(positives, int(chosen.sum()) - positives) >= evaluate.FEWEST


def _best(truth: np.ndarray, scores: np.ndarray, rate: float) -> dict[str, float]:
    marks = np.arange(0.05, 1, 0.05)
    recall = np.array([_share(scores[truth] >= mark) for mark in marks])
    false = np.array([_share(scores[~truth] >= mark) for mark in marks])
    caught, wrong = rate * recall, (1 - rate) * false
    precision = caught / np.maximum(caught + wrong, 1e-12)
    k = int(np.argmax(2 * precision * recall / np.maximum(precision + recall, 1e-12)))
    return {
        "threshold": float(round(marks[k], 2)),
        "precision": float(precision[k]),
        "recall": float(recall[k]),
    }


def _share(chosen: np.ndarray) -> float:
    """The share chosen, with half a comment more on either side: of few comments none is not never.

    Without, a threshold above all of 157 harmless comments had a precision of 100 % where one in a
    hundred is harmful.
    """
    return (int(chosen.sum()) + 0.5) / (chosen.size + 1)


def fair(score: Scoring) -> dict[str, Any]:
    """Per language: the worst areas among identity terms, and the gap in false positives."""
    found = {}
    every = list(cases())
    for language in sorted({case.language for case in every}):
        own = [case for case in every if case.language == language]
        toxicity = score([case.text for case in own], language)[:, 0]
        toxic = np.array([case.toxic for case in own])
        terms = fairness([case.term for case in own], toxic, toxicity)
        worst = max(terms, key=lambda term: term.false_positives)
        found[language] = {
            "terms": len(terms),
            "sentences": len(own),
            "subgroup_auc": min(term.subgroup for term in terms),
            "bpsn_auc": min(term.bpsn for term in terms),
            "bnsp_auc": min(term.bnsp for term in terms),
            "false_positive_gap": false_positive_gap(terms),
            "most_false_positives": worst.term,
        }
        print(f"fairness ({language}): {found[language]}")
    return found


def span_f1(data: Path, explain: Callable[[list[str]], list[set[int]]]) -> dict[str, float]:
    """Mean F1 of the characters named as toxic, over comments with spans that people marked.

    As in SemEval-2021's task 5: 1 where both mark nothing, 0 where one of them does.
    """
    texts, marked = [], []
    for row in islice(rows(data, "en_toxic_spans"), 4000):
        spans = {int(part) for part in row["spans"].strip("[]").split(",") if part.strip()}
        if row["text"] == clean(row["text"]):
            texts.append(row["text"])
            marked.append(spans)
    if not texts:
        return {}
    values = [_f1(own, people) for own, people in zip(explain(texts), marked, strict=True)]
    return {"comments": len(values), "character_f1": float(np.mean(values))}


def _f1(own: set[int], people: set[int]) -> float:
    if not own or not people:
        return float(own == people)
    return 2 * len(own & people) / (len(own) + len(people))


def shipped(results: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> dict[str, list[str]]:
    """Attribute → the languages in which it is worth it."""
    return {
        name: [language for language, each in found.items() if each["shipped"]]
        for name, found in results.items()
    }


def auc(truth: np.ndarray, scores: np.ndarray) -> float:
    return float(roc_auc_score(truth, scores)) if 0 < truth.sum() < len(truth) else float("nan")
