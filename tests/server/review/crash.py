"""Takes each step of a case and its appeal, killed at each statement in turn, until it is done.

For test_crash: `python crash.py DATA` prints a line of JSON for each attempt, with the name of the
step and what was written by then. It forks for each, so that only one process has to start; a
process of its own is needed since forking threads is unsafe.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from comity.charter import Charter
from comity.server.folder import DataFolder
from comity.server.setup import migrate, use
from comity.signals import Scorer
from tests.server.review import hearings
from tests.server.review.support import Town
from tests.server.support import CHARTER


def main() -> None:
    use(DataFolder(Path(sys.argv[1])))
    migrate()
    from comity.server.members.services import found_community

    town = Town(found_community("town-square", "Town Square"), Charter.read(CHARTER), Scorer.load())
    town.under("{review: {second_review: 0%}}")
    town.webhook()
    hearings.volunteers(town, 6)
    hearings.held(town)
    town.person("ada")
    for step in (rule, file, convene, decline, vote):
        killed_until_done(step, town)
    while len(hearings.seats(the_appeal())) > 1:
        vote(town)
    killed_until_done(verdict, town)
    before_jury(town, "p2")
    killed_until_done(withdraw, town)
    hearings.nobody_volunteers(town)
    before_jury(town, "p3", drawn=False)
    for step in (refer, decide):
        killed_until_done(step, town)
    town.post("p4", "Good morning.")
    town.report("p4")
    hearings.rule(town, "lift")
    killed_until_done(object_to, town)


def before_jury(town: Town, post: str, *, drawn: bool = True) -> None:
    """Another post, ruled on and appealed against, with its jury if it is to be drawn yet."""
    hearings.held(town, post)
    hearings.file(town, hearings.rule(town))
    if drawn:
        convene(town)


def killed_until_done(step: Callable[[Town], Any], town: Town) -> None:
    from django.db import connections

    tell(step, "before")
    for statement in range(1, 300):
        connections.close_all()
        child = os.fork()
        if child == 0:
            killed_at(statement, step, town)
            os._exit(0)
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        tell(step, {-signal.SIGKILL: "killed", 0: "done"}.get(ended, f"failed: {ended}"))
        if ended != -signal.SIGKILL:
            return


def killed_at(statement: int, step: Callable[[Town], Any], town: Town) -> None:
    """Take the step, and die right after the statement of this number; or in the commit."""
    from django.db import connection

    seen = 0

    def die_in_time(execute: Any, *call: Any) -> Any:
        nonlocal seen
        seen += 1
        result = execute(*call)
        if seen == statement:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    with connection.execute_wrapper(die_in_time):
        step(town)


def rule(town: Town) -> None:
    hearings.rule(town)


def file(town: Town) -> None:
    hearings.file(town, town.case.rulings.get())


def convene(town: Town) -> None:
    from comity.server.review.appeals.duties import convene

    convene(hearings.court(town))


def decline(town: Town) -> None:
    from comity.server.review.appeals import decline

    seat = hearings.seats(the_appeal())[0]
    decline(hearings.court(town), seat.person, seat.pk, "No time.")


def vote(town: Town) -> None:
    hearings.vote(town, hearings.seats(the_appeal())[0], "overturn")


def verdict(town: Town) -> None:
    """The last vote."""
    vote(town)


def withdraw(town: Town) -> None:
    from comity.server.review.appeals import withdraw

    appeal = the_appeal()
    withdraw(hearings.court(town), (appeal.source, appeal.member), appeal.pk)


def refer(town: Town) -> None:
    """No jury can be drawn."""
    convene(town)


def decide(town: Town) -> None:
    from comity.server.review.appeals import decide
    from comity.server.review.models import Choice

    decide(town.bench("bea", "steward"), the_appeal().pk, Choice.OVERTURN, "It was a quotation.")


def object_to(town: Town) -> None:
    """Whoever reported the last post objects."""
    from comity.server.review.models import CaseOrigin
    from comity.server.review.objecting import object_to

    object_to(hearings.court(town), CaseOrigin.objects.get(kind="report"), "It names my street.")


def the_appeal() -> Any:
    """The latest."""
    from comity.server.review.models import Appeal

    return Appeal.objects.latest("pk")


def tell(step: Callable[[Town], Any], how: str) -> None:
    print(json.dumps([step.__name__, how, written()]), flush=True)  # noqa: T201


def written() -> dict[str, Any]:
    """How many of each there are, by state; and how long the ledger is."""
    from django.db.models import Count

    from comity.server.intake.models import Delivery
    from comity.server.review.models import (
        Appeal,
        Case,
        Jury,
        Objection,
        Ruling,
        Seat,
        Strike,
        Verdict,
    )
    from comity.server.transparency import ledger

    def states(model: Any) -> dict[str, int]:
        counted = model.objects.values_list("state").annotate(Count("pk"))
        return dict(counted.order_by("state"))

    return {
        "rulings": Ruling.objects.count(),
        "verdicts": Verdict.objects.count(),
        "objections": Objection.objects.count(),
        "strikes": states(Strike),
        "cases": states(Case),
        "appeals": states(Appeal),
        "juries": states(Jury),
        "seats": states(Seat),
        "remedies": sorted(Case.objects.values_list("remedy", flat=True)),
        "messages": Delivery.objects.count(),
        "entries": ledger.head().frontier.size,
    }


if __name__ == "__main__":
    main()
