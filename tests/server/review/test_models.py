"""What the tables themselves refuse."""

from datetime import UTC, datetime

import pytest

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


def new_case(community, **more):
    from comity.server.review.models import Case, Queue

    queue, _ = Queue.objects.get_or_create(community=community, name="all", position=1)
    return Case.objects.create(
        community=community,
        source="forum.example",
        post="p1",
        remedy="hold",
        severity=50,
        queue=queue,
        opened=NOW,
        due=NOW,
        **more,
    )


def test_a_post_has_one_open_case(community):
    from django.db import IntegrityError, transaction

    new_case(community, state="closed")
    new_case(community)
    with pytest.raises(IntegrityError), transaction.atomic():
        new_case(community, state="disputed")
    new_case(community, state="withdrawn")


@pytest.mark.usefixtures("database")
def test_the_tables_are_those_of_the_migrations():
    from django.core.management import call_command

    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
