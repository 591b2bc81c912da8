"""Lives a week of last month in a data folder: `python last_month.py DATA CHARTER`.

A server can only be told of today; the report that a steward reads is about a month that is over.
"""

import sys
from datetime import timedelta
from pathlib import Path

from comity.charter import Charter
from comity.server.folder import DataFolder
from comity.server.setup import migrate, use
from comity.signals import Scorer
from tests.server.review.support import Town

POSTS = 14


def main() -> None:
    folder, charter = DataFolder(Path(sys.argv[1])), Charter.read(Path(sys.argv[2]))
    use(folder)
    migrate()
    from django.utils import timezone

    from comity.server.members.services import found_community
    from comity.server.review.answer import Answer
    from comity.server.review.models import RulingKind
    from comity.server.review.services.rulings import rule
    from comity.server.runtime import signing_key

    community = found_community(charter.community, charter.title)
    day = (timezone.now().replace(day=1) - timedelta(days=20)).replace(hour=9)
    signer = signing_key(folder, community)
    town = Town(community, charter, Scorer.load(), now=day, signer=signer)
    timezone.now = lambda: town.now  # what is received is noted by the real clock
    for number in range(POSTS):
        town.later(hours=12)
        town.post(f"m{number}", f"You are an idiot, and {number} times so.", author=f"m{number}")
        town.later(hours=2)
        kind = RulingKind.UPHOLD if number % 2 else RulingKind.LIFT
        rule(town.bench("ada"), town.case.pk, town.case.version, Answer(kind, "Read."), b"seed")


if __name__ == "__main__":
    main()
