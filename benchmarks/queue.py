"""A reviewer opens a queue of 100,000 open cases: the page as the server makes it, on SQLite.

Times are those of the process: the page is asked for through all of the pages' stack, without a
socket. The first page, one from the middle of the pile, and the list of queues.
"""

import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time

CASES = 100_000
TIMES = 20
CHARTER = Path(__file__).parents[1] / "src/comity/server/demo/charter.yaml"


def main() -> None:
    from comity.server.folder import DataFolder
    from comity.server.setup import migrate, use

    with tempfile.TemporaryDirectory() as path:
        folder = DataFolder(Path(path) / "data")
        use(folder)
        migrate()
        from comity.server.runtime import load

        runtime = load(folder, CHARTER)
        runtime.start()
        queue = fill(runtime.community)
        ask = reader(runtime.community)
        measure("the queues", lambda: ask("/review"))
        measure("the first page", lambda: ask(f"/review/queues/{queue.pk}"))
        middle = place(queue, CASES // 2)
        measure("a page in the middle", lambda: ask(f"/review/queues/{queue.pk}?after={middle}"))


def measure(name: str, act: Callable[[], object]) -> None:
    act()
    took = []
    for _ in range(TIMES):
        begun = process_time()
        act()
        took.append(1_000 * (process_time() - begun))
    print(f"{name:22} {median(took):6.1f} ms (median of {TIMES}; worst {max(took):.1f} ms)")


def fill(community) -> object:
    """Open cases of all severities, a fifth of them overdue."""
    from django.db import connection
    from django.utils import timezone

    from comity.server.review.routing import queues_of

    [queue] = queues_of(community)
    with connection.cursor() as cursor:
        cursor.execute(FILL, [CASES, community.pk, queue.pk, timezone.now(), timezone.now()])
        cursor.execute("ANALYZE")
    return queue


FILL = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s)
INSERT INTO review_case (
    community_id, source, post, author, article, remedy, language, score, reports, severity,
    campaign, domain, state, queue_id, opened, due, version)
SELECT %s, 'forum.example', 'p' || i, 'u' || (i %% 5000), 'no-personal-attacks', 'hold', 'en',
    (i * 13) %% 101, 0, (i * 37) %% 101, '', '', 'open', %s,
    datetime(%s, '-' || (i %% 48) || ' hours'),
    datetime(%s, (((i * 7919) %% 2880) - 576) || ' minutes'), 1
FROM n
"""


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
    main()
