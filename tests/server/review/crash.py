"""Rules on a case again and again, killed at each statement in turn, and tells what was written.

For test_crash: `python crash.py DATA` prints a line of JSON for each attempt. It forks for each, so
that only one process has to start; a process of its own is needed since forking threads is unsafe.
"""

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from comity.charter import Charter
from comity.server.folder import DataFolder
from comity.server.setup import migrate, use
from comity.signals import Scorer
from tests.server.review.support import Town
from tests.server.support import CHARTER


def main() -> None:
    use(DataFolder(Path(sys.argv[1])))
    migrate()
    from django.db import connections

    from comity.server.members.services import found_community

    town = Town(found_community("town-square", "Town Square"), Charter.read(CHARTER), Scorer.load())
    town.under("{review: {second_review: 0%}}")
    town.webhook()
    town.post("p1")
    town.person("ada")
    for statement in range(1, 200):
        connections.close_all()
        child = os.fork()
        if child == 0:
            rule(town, statement)
            os._exit(0)
        killed = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
        print(json.dumps({"killed": killed, **written()}))  # noqa: T201
        if not killed:
            return


def rule(town: Town, statement: int) -> None:
    """Rule on the case, and die right after the statement of this number; or in the commit."""
    from django.db import connection

    from comity.server.review.answer import Answer
    from comity.server.review.models import RulingKind
    from comity.server.review.services.rulings import rule

    seen = 0

    def die_in_time(execute: Any, *call: Any) -> Any:
        nonlocal seen
        seen += 1
        result = execute(*call)
        if seen == statement:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    with connection.execute_wrapper(die_in_time):
        rule(town.bench("ada"), town.case.pk, 1, Answer(RulingKind.UPHOLD, "Loud."), b"seed")


def written() -> dict[str, int]:
    from comity.server.intake.models import Delivery
    from comity.server.review.models import Case, Ruling, Strike
    from comity.server.transparency import ledger

    return {
        "rulings": Ruling.objects.count(),
        "strikes": Strike.objects.count(),
        "closed": Case.objects.filter(state="closed").count(),
        "messages": Delivery.objects.filter(message__startswith="ruling-").count(),
        "entries": ledger.head().frontier.size,
    }


if __name__ == "__main__":
    main()
