"""What the server counts about itself, for Prometheus. No label ever holds who or what was said."""

from typing import Final

from prometheus_client import Counter, Gauge, Histogram

REQUESTS: Final = Counter("comity_requests", "Requests to the API.", ["method", "route", "status"])
SECONDS: Final = Histogram(
    "comity_request_seconds",
    "How long requests to the API took.",
    ["route"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5),
)
DECISIONS: Final = Counter("comity_decisions", "Decisions recorded.", ["remedy"])
REPEATED: Final = Counter("comity_events_repeated", "Events that were known already.")
GROUPS: Final = Histogram(
    "comity_commit_events",
    "How many events shared a commit.",
    buckets=(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024),
)
COMMIT_SECONDS: Final = Histogram(
    "comity_commit_seconds",
    "How long it took to decide and record the events that shared a commit.",
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5),
)
WAITING: Final = Gauge("comity_events_waiting", "Events that wait for a commit.")
COMPANIONS_LOST: Final = Counter(
    "comity_companions_lost", "Processes beside the server that died.", ["work"]
)
LEDGER: Final = Gauge("comity_ledger_entries", "Entries in the ledger.")
DELIVERIES: Final = Counter("comity_deliveries", "Attempts to deliver a webhook.", ["outcome"])
SUSPENDED: Final = Counter("comity_articles_suspended", "Articles that the breaker suspended.")
