"""From a post to a decision in one process: text views, language, scorer and 20 articles."""

from time import process_time

from comity import Charter, Event, Scorer, decide, measure, measure_all, read_event
from comity.signals.model import Tier

POSTS = 20_000
BATCH = 100

_TEXTS = (
    "The library closes at six on Fridays now, has anybody asked why? I would help to keep it.",
    "You always say that and you never bring figures, so please just show us the letter you got.",
    "图书馆周五六点就关门了，有人问过为什么吗？我愿意帮忙值班，让孩子们有地方看书，大家一起想办法吧。",
    "What a complete idiot you are, nobody asked for your opinion about the gate, go away already!",
    "Gracias por la ayuda con la bicicleta, el sábado llevo pan y queso para todos, ¿de acuerdo?",
)

_CONDITIONS = (
    "insult >= 0.80 or (toxicity >= 0.90 and not quotes_parent)",
    "identity_attack >= 0.80",
    "threat >= 0.70",
    "severe_toxicity >= 0.60",
    "profanity >= 0.80 and coalesce(insult, 0) < 0.50",
    "sexually_explicit >= 0.80",
    "spam >= 0.90 and links >= 1",
    "list_has_any(link_domains, shorteners)",
    "author_age_days < 3 and links >= 2",
    "(caps_share > 0.7 and length >= 20) or exclamations >= 5",
    "length > 5000",
    "words between 1 and 2 and links = 1",
    "emoji_count > 20",
    "mentions > 5",
    "disguised and toxicity >= 0.50",
    "bad_words >= 3",
    "kind_words >= 1 and coalesce(toxicity, 0) < 0.3",
    "language not in ('en', 'zh', 'es')",
    "quoted_share > 0.9 and length > 500",
    "is_reply and replies_to_self and length < 5",
)


def charter_of_twenty() -> Charter:
    """Twenty articles of the kinds that communities write."""
    articles = "".join(
        f"  - id: article-{number}\n"
        f"    value: respect\n"
        f"    title: {{en: Article {number}}}\n"
        f"    text: {{en: The text of article {number}.}}\n"
        f"    when: {condition}\n"
        f"    then: label\n"
        for number, condition in enumerate(_CONDITIONS, start=1)
    )
    return Charter.parse(
        "charter: Twenty\ncommunity: bench\nlanguages: [en]\n"
        "values: {respect: {en: Respect.}}\n"
        "lists: {shorteners: [bit.example, tiny.example]}\n"
        f"articles:\n{articles}"
    )


def posts(count: int) -> list[Event]:
    return [
        read_event(
            {
                "id": f"e{number}",
                "source": "bench.example",
                "type": "post.created",
                "time": "2026-11-23T10:00:00Z",
                "community": "bench",
                "data": {
                    "post": {
                        "id": f"p{number}",
                        "text": f"{_TEXTS[number % len(_TEXTS)]} {number}",
                        "thread": f"t{number % 97}",
                        "parent": "p0",
                    },
                    "author": {"id": f"u{number % 500}", "joined": "2026-10-01T00:00:00Z"},
                    "parent": {"id": "p0", "text": "Good evening, neighbours.", "author": "u1"},
                },
            }
        )
        for number in range(count)
    ]


def main() -> None:
    charter, scorer, events = charter_of_twenty(), Scorer.load(tier=Tier.FAST), posts(POSTS)
    length = sum(len(event.text) for event in events) / len(events)
    decide(charter, events[0], measure(events[0], scorer))  # compiled and warm

    started = process_time()
    for event in events[: POSTS // 4]:
        decide(charter, event, measure(event, scorer))
    singly = (POSTS // 4) / (process_time() - started)

    started = process_time()
    for first in range(0, POSTS, BATCH):
        batch = events[first : first + BATCH]
        for event, signals in zip(batch, measure_all(batch, scorer), strict=True):
            decide(charter, event, signals)
    batched = POSTS / (process_time() - started)

    print(f"posts of {length:.0f} code points, 20 articles, one core")
    print(f"  one at a time      {singly:>10,.0f} posts/s")
    print(f"  in batches of {BATCH}  {batched:>10,.0f} posts/s")
