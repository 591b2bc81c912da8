"""Fitting: logistic regression for all attributes in one pass, by AdaGrad, in a fixed order.

Each source has a bias of its own that is left behind after training: it takes up the source's
base rate, so that the n-grams need not learn which corpus a text came from.
"""

import numpy as np
from numba import njit

EPOCHS = 4
RATE = 0.2
HEIRS = 7
"""The first so many attributes are harms: each learns only how it differs from the first, toxicity,
which has by far the most labels."""


def fit(
    buckets: np.ndarray,
    begins: np.ndarray,
    labels: np.ndarray,
    weights: np.ndarray,
    sources: np.ndarray,
    times: np.ndarray,
    bits: int,
    epochs: int = EPOCHS,
    rate: float = RATE,
) -> tuple[np.ndarray, np.ndarray]:
    """Weights [buckets, attributes] and biases [attributes]; `times`: visits to each an epoch."""
    visits = np.repeat(np.arange(len(labels)), times)
    attributes = labels.shape[1]
    table = np.zeros((1 << bits, attributes), np.float32)
    gradient = np.full(table.shape, 1e-8, np.float32)
    _, source = np.unique(sources, return_inverse=True)
    biases = np.zeros((source.max() + 1, attributes), np.float64)
    order = np.random.default_rng(0)
    for epoch in range(epochs):
        _epoch(
            order.permutation(visits),
            buckets,
            begins,
            np.nan_to_num(labels),
            weights,
            source,
            table,
            gradient,
            biases,
            rate / (1 + epoch),
            min(HEIRS, attributes),
        )
    table[:, 1:HEIRS] += table[:, :1]
    known = weights > 0
    mean = (biases[source] * known).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    return table, mean


@njit(cache=True)
def _epoch(order, buckets, begins, labels, weights, source, table, gradient, biases, rate, heirs):
    attributes = table.shape[1]
    margin = np.empty(attributes, np.float32)
    for example in order:
        begin, end = begins[example], begins[example + 1]
        if end == begin:
            continue
        value = np.float32(1 / np.sqrt(end - begin))
        margin[:] = 0
        for k in range(begin, end):
            bucket = buckets[k]
            for a in range(attributes):
                margin[a] += table[bucket, a]
        for a in range(1, heirs):
            margin[a] += margin[0]
        for a in range(attributes):
            whole = margin[a] * value + biases[source[example], a]
            error = 1 / (1 + np.exp(-whole)) - labels[example, a]
            margin[a] = weights[example, a] * error * value
            biases[source[example], a] -= 0.02 * weights[example, a] * error
        for k in range(begin, end):
            bucket = buckets[k]
            for a in range(attributes):
                gradient[bucket, a] += margin[a] * margin[a]
                table[bucket, a] -= np.float32(rate) * margin[a] / np.sqrt(gradient[bucket, a])


@njit(cache=True)
def margins(buckets, begins, table, bias):
    """Margins [n, attributes] of the examples whose buckets these are."""
    result = np.empty((begins.size - 1, table.shape[1]))
    for example in range(begins.size - 1):
        begin, end = begins[example], begins[example + 1]
        for a in range(table.shape[1]):
            total = 0.0
            for k in range(begin, end):
                total += table[buckets[k], a]
            result[example, a] = bias[a] + total / np.sqrt(max(end - begin, 1))
    return result
