"""Conditions: events a second for a charter of twenty, beside the Common Expression Language.

    python -m benchmarks.conditions

One core, process time. The same twenty conditions in both languages on the same events, each
event given to CEL as one Context; every answer is compared before anything is measured. What is
half unknown is asked of ours only: CEL raises an error on a comparison with null.
"""

from collections.abc import Callable, Mapping, Sequence
from random import Random
from time import process_time
from typing import Any

import cel
import duckdb

from comity.charter.condition import COLUMN_TYPES, Condition, compile_conditions
from comity.signals import CATALOGUE, Kind

LISTS = {"shorteners": ("bit.example", "tiny.example", "go.example")}
CONDITIONS: Sequence[tuple[str, str]] = (
    (
        "insult >= 0.80 or (identity_attack >= 0.70 and not quotes_parent)",
        "insult >= 0.80 || (identity_attack >= 0.70 && !quotes_parent)",
    ),
    ("threat >= 0.75", "threat >= 0.75"),
    ("severe_toxicity >= 0.60", "severe_toxicity >= 0.60"),
    (
        "toxicity >= 0.90 and author_age_days < 7",
        "toxicity >= 0.90 && author_age_days < 7.0",
    ),
    ("profanity >= 0.85 and not is_reply", "profanity >= 0.85 && !is_reply"),
    (
        "sexually_explicit >= 0.80 or (sexually_explicit >= 0.60 and media > 0)",
        "sexually_explicit >= 0.80 || (sexually_explicit >= 0.60 && media > 0)",
    ),
    ("spam >= 0.90", "spam >= 0.90"),
    (
        "spam >= 0.60 and regexp_matches(plain_text, 'free +(money|gift)')",
        "spam >= 0.60 && plain_text.matches('free +(money|gift)')",
    ),
    (
        "list_has_any(link_domains, shorteners)",
        "link_domains.exists(d, d in ['bit.example', 'tiny.example', 'go.example'])",
    ),
    (
        "links > 0 and author_age_days < 1 and words < 10",
        "links > 0 && author_age_days < 1.0 && words < 10",
    ),
    (
        "caps_share > 0.70 and length >= 20 and language in ('en', 'de', 'fr')",
        "caps_share > 0.70 && length >= 20 && language in ['en', 'de', 'fr']",
    ),
    ("exclamations > 5 or emoji_count > 15", "exclamations > 5 || emoji_count > 15"),
    ("mentions between 6 and 100", "mentions >= 6 && mentions <= 100"),
    (
        "disguised and (bad_words > 0 or insult >= 0.50)",
        "disguised && (bad_words > 0 || insult >= 0.50)",
    ),
    ("contains(plain_text, 'free money')", "plain_text.contains('free money')"),
    (
        "starts_with(plain_text, 'first!') and words < 3",
        "plain_text.startsWith('first!') && words < 3",
    ),
    ("language not in ('en', 'zh')", "!(language in ['en', 'zh'])"),
    ("quoted_share > 0.80 and words < 40", "quoted_share > 0.80 && words < 40"),
    (
        "kind_words > 1 and toxicity < 0.20 and gratitude >= 0.60",
        "kind_words > 1 && toxicity < 0.20 && gratitude >= 0.60",
    ),
    (
        "contains(author_roles, 'newcomer') and bad_words > 0",
        "'newcomer' in author_roles && bad_words > 0",
    ),
)
Event = Mapping[str, Any]


def events(count: int, unknown: float) -> list[Event]:
    """Make events with every signal of the catalogue; `unknown` of them are not known."""
    random = Random(20261123)
    words = ["thanks", "for", "the", "free", "money", "idea", "first!", "谢谢", "maybe", "see"]

    def value(name: str, kind: Kind) -> Any:
        if random.random() < unknown:
            return None
        if name == "language":
            return random.choice(("en", "en", "en", "zh", "de", "fr", "es"))
        match kind:
            case Kind.NUMBER if name == "author_age_days":
                return random.expovariate(1 / 200)
            case Kind.NUMBER:
                return random.betavariate(0.5, 4)
            case Kind.INTEGER:
                return int(random.expovariate(1 / 3))
            case Kind.BOOLEAN:
                return random.random() < 0.2
            case Kind.TEXT:
                return " ".join(random.choices(words, k=20))
            case Kind.TEXTS:
                return tuple(random.choices(("bit.example", "news.example", "newcomer"), k=1))

    return [
        {name: value(name, signal.kind) for name, signal in CATALOGUE.items()} for _ in range(count)
    ]


def rate(ask: Callable[[Event], object], asked: Sequence[Event], repeats: int = 5) -> float:
    """Give events a second, the best of some runs."""

    def run() -> float:
        start = process_time()
        for event in asked:
            ask(event)
        return process_time() - start

    return len(asked) / min(run() for _ in range(repeats))


def main() -> None:
    conditions = [Condition.parse(ours, CATALOGUE, LISTS) for ours, _ in CONDITIONS]
    programs = [cel.compile(theirs) for _, theirs in CONDITIONS]
    match = compile_conditions(conditions)

    def ask_cel(event: Event) -> int:
        context = cel.Context(event)
        return sum(
            1 << bit for bit, program in enumerate(programs) if program.execute(context) is True
        )

    known, partly = events(20_000, 0.0), events(20_000, 0.15)
    few = known[:500]
    if any(match(event) != (ask_cel(event), 0) for event in few):
        raise SystemExit("the two do not agree: this benchmark compares nothing")
    ours, theirs = rate(match, known), rate(ask_cel, few, 3)
    print(f"{len(conditions)} conditions on one event, one core")
    print(f"  comity, all signals known     {ours:>10,.0f} events/s")
    print(f"  comity, 15 % unknown          {rate(match, partly):>10,.0f} events/s")
    print(f"  common-expression-language    {theirs:>10,.0f} events/s")
    print(f"  ratio                         {ours / theirs:>10,.0f}")
    in_duckdb(conditions, partly)


def in_duckdb(conditions: Sequence[Condition], sample: Sequence[Event]) -> None:
    """Ask the same of a million events at once."""
    connection = duckdb.connect(config={"threads": 1})
    columns = ", ".join(f'"{name}" {COLUMN_TYPES[s.kind]}' for name, s in CATALOGUE.items())
    connection.execute(f"CREATE TABLE sample ({columns})")
    marks = ", ".join("?" * len(CATALOGUE))
    rows = [[event[name] for name in CATALOGUE] for event in sample[:2_000]]
    connection.executemany(f"INSERT INTO sample VALUES ({marks})", rows)
    connection.execute("CREATE TABLE event AS SELECT sample.* FROM sample, range(500)")
    asked = ", ".join(f"count(*) FILTER ({condition.duckdb()})" for condition in conditions)
    start = process_time()
    connection.execute(f"SELECT {asked} FROM event").fetchall()
    print(f"DuckDB, 1,000,000 events, one thread  {process_time() - start:.2f} s")


if __name__ == "__main__":
    main()
