"""The scorer as shipped, its encoder alone and its fast tier, beside two peers on the same core.

Comments of 100 characters: English ones in their natural mix (1 % abusive), Chinese ones from
discussions that are contested. The peers, where installed: alt-profanity-check, a linear model over
words; and a network of the shape of Detoxify's "original" (12 layers, 768 wide), whose weights are
not needed to tell its speed: `pip install alt-profanity-check torch`. CPU time of this process;
a single comment also by the clock.
"""

import time
from collections.abc import Callable, Sequence
from itertools import islice

import numpy as np

from benchmarks.scorer import LENGTH, fastest, memory, texts
from comity.signals.model import Tier, load
from comity.signals.scorer import Scorer
from comity.signals.views import plain
from training.corpus import DEFAULT, rows

COUNT = 1_000


def main() -> None:
    english = texts(lambda row: row["src"] == "wiki_cat")[:COUNT]
    chinese = _chinese()
    full, fast = Scorer.load(), Scorer.load(tier=Tier.FAST)
    second = load().second
    assert second is not None  # the shipped model has both tiers
    print(f"comments of {LENGTH} characters, one core, text views included")
    ours = _told("as shipped, English", english, lambda part: full.score(part, ["en"] * len(part)))
    if chinese:
        _told("as shipped, Chinese", chinese, lambda part: full.score(part, ["zh"] * len(part)))
    _told(
        "encoder alone, English",
        english,
        lambda part: second.encoder.margins([plain(text) for text in part]),
    )
    _told("fast tier, English", english, lambda part: fast.score(part, ["en"] * len(part)))
    for name, peer in _peers():
        theirs = _told(name, english[:100], peer)
        print(f"  {'ratio to it, as shipped':<42}{ours / theirs:>9.1f}")
    times = sorted(_seconds(full, text) for text in english)
    p50, p99 = times[COUNT // 2] * 1e3, times[COUNT * 99 // 100] * 1e3
    print(f"one comment at a time: p50 {p50:.1f} ms, p99 {p99:.1f} ms; memory {memory()} MiB")


def _told(name: str, some: Sequence[str], work: Callable[[list[str]], object]) -> float:
    rate = len(some) / fastest(lambda: work(list(some)))
    print(f"  {name:<42}{rate:>9,.0f} a second")
    return rate


def _seconds(scorer: Scorer, text: str) -> float:
    begin = time.perf_counter()
    scorer.score([text], ["en"])
    return time.perf_counter() - begin


def _chinese() -> list[str]:
    long = (row["text"] for row in rows(DEFAULT, "zh_toxicity") if len(row["text"]) >= LENGTH)
    return [text[:LENGTH] for text in islice(long, COUNT)]


def _peers() -> list[tuple[str, Callable[[list[str]], object]]]:
    peers: list[tuple[str, Callable[[list[str]], object]]] = []
    try:
        from profanity_check import predict_prob

        peers.append(("alt-profanity-check", predict_prob))
    except ImportError:
        print("  alt-profanity-check is not installed")
    try:
        peers.append(("the shape of Detoxify (12 × 768)", _detoxify()))
    except ImportError:
        print("  torch is not installed, so nothing of the shape of Detoxify")
    return peers


def _detoxify() -> Callable[[list[str]], object]:
    import torch

    torch.set_num_threads(1)
    embed = torch.nn.Embedding(30_522, 768)
    layer = torch.nn.TransformerEncoderLayer(768, 12, 3072, activation="gelu", batch_first=True)
    network = torch.nn.TransformerEncoder(layer, 12).eval()
    pieces = LENGTH // 4  # WordPiece has four letters of English to a piece

    def run(some: list[str]) -> object:
        ids = torch.from_numpy(np.arange(len(some) * pieces).reshape(len(some), pieces) % 30_522)
        with torch.inference_mode():
            return network(embed(ids))

    return run


if __name__ == "__main__":
    main()
