"""Measuring posts on one core: what each part of it costs."""

from collections.abc import Callable, Sequence
from time import process_time
from typing import Any

from comity import Event, Scorer, measure, measure_all, read_event
from comity.signals.characters import count_characters
from comity.signals.features import features
from comity.signals.language import identify
from comity.signals.model import Tier
from comity.signals.views import view

ROUNDS, REPEATS = 200, 3

_TEXTS = {
    "en": "The new library is a good idea, but who is going to keep it open in the evening? "
    "Not me, sorry!!",
    "de": "Die neue Bücherei ist eine gute Idee, aber wer soll sie abends offen halten? "
    "Ich nicht, danke sehr.",
    "es": "La biblioteca nueva es una buena idea, pero ¿quién la va a tener abierta por la noche? "
    "Yo no puedo.",
    "ru": "Новая библиотека хорошая мысль, но кто будет держать её открытой по вечерам? "
    "Точно не я, друзья мои.",
    "zh": "新图书馆是个好主意，可是晚上由谁来值班呢？反正不是我。大家可以轮流来，每人一周，"
    "这样谁都不会太累。还有周末怎么办？孩子们最需要的就是周末，我觉得应该先问问家长们的意见，"
    "再定时间，不然白忙一场，大家都不高兴。",
}
_PARENT = "Should we open a new library? I think it is a good idea, whatever it costs."


def event(text: str) -> Event:
    return read_event(
        {
            "id": "e1",
            "source": "bench.example",
            "type": "post.created",
            "time": "2026-11-23T10:00:00Z",
            "community": "bench",
            "data": {
                "post": {"id": "p1", "text": text, "parent": "p0"},
                "author": {"id": "u1", "joined": "2026-10-01T00:00:00Z"},
                "parent": {"id": "p0", "text": _PARENT, "author": "u2"},
            },
        }
    )


def main() -> None:
    scorer = Scorer.load(tier=Tier.FAST)
    texts = [text[:100] for text in _TEXTS.values()]
    events = [event(text) for text in texts]
    told = [(posted.data.post, language) for posted, language in zip(events, _TEXTS, strict=True)]
    many = events * 200

    rows = {
        "language": _cost(identify, texts),
        "text view": _cost(view, texts),
        "characters": _cost(count_characters, texts),
        "features (view and characters among them)": _cost(
            lambda post: features(post[0], _PARENT, post[1]), told
        ),
        "scorer (language among it)": _cost(scorer.score, [texts * 200]) / len(many),
        "measure, one at a time": _cost(lambda posted: measure(posted, scorer), events),
        "measure_all": _cost(lambda batch: measure_all(batch, scorer), [many]) / len(many),
    }
    print("posts of 100 code points in five languages, one core")
    for name, cost in rows.items():
        print(f"  {name:<42} {cost * 1e6:6.1f} µs {1 / cost:>10,.0f} posts/s")


def _cost(action: Callable[[Any], object], inputs: Sequence[Any]) -> float:
    """Seconds of process time for one input: the best of a few runs, once warm."""
    rounds = ROUNDS if len(inputs) > 1 else 1
    best = float("inf")
    for _ in range(REPEATS + 1):
        started = process_time()
        for _ in range(rounds):
            for each in inputs:
                action(each)
        best = min(best, process_time() - started)
    return best / (rounds * len(inputs))
