"""What the pages of the ledger say when somebody changed a table behind its back."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from comity.ledger import EntryKind, InclusionProof, SigningKey

KEY = SigningKey.from_seed("town-square/ledger", bytes(32))
NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture
def entries(django: None) -> Iterator[Any]:  # noqa: ARG001  it sets the tables up
    """Five entries of a ledger, gone when the test is over."""
    from django.db import transaction

    from comity.server.members.models import Community
    from comity.server.transparency import services
    from comity.server.transparency.models import LedgerEntry

    with transaction.atomic():
        community = Community.objects.create(slug="town-square", name="Town Square")
        services.open_ledger(community, KEY, NOW)
        for _ in range(4):
            services.enter(community, EntryKind.SUSPENSION, KEY, NOW, articles=("no-flooding",))
        yield LedgerEntry.objects
        transaction.set_rollback(True)


def test_an_entry_is_proved_against_the_signed_head(entries: Any) -> None:
    from comity.server.transparency import pages

    proof = pages.prove(entries.get(pk=3), KEY.verifier)
    assert (proof.holds, proof.index, proof.size) == (True, 3, 5)


def test_the_file_that_is_handed_out_proves_the_entry_by_itself(entries: Any) -> None:
    from comity.server.transparency import pages

    kept = InclusionProof.parse(str(pages.proof_of(entries.get(pk=2))))
    assert kept.verify(kept.entry, [KEY.verifier]).size == 5


def test_a_changed_entry_is_said_to_be_changed(entries: Any) -> None:
    from comity.server.transparency import pages

    changed = entries.get(pk=3)
    changed.body = bytes(changed.body).replace(b"no-flooding", b"no-floodinG")
    changed.save()
    assert not pages.prove(changed, KEY.verifier).holds
    row = next(row for row in pages.rows(before=None) if row.index == 3)
    assert str(row.kind) == "Unreadable: it was changed"
    assert "no-floodinG" in pages.readable(changed)


def test_another_key_proves_nothing(entries: Any) -> None:
    from comity.server.transparency import pages

    other = SigningKey.from_seed("town-square/ledger", bytes(31) + b"x")
    assert not pages.prove(entries.get(pk=1), other.verifier).holds


def test_what_is_no_json_is_shown_as_it_is(entries: Any) -> None:
    from comity.server.transparency import pages

    changed = entries.get(pk=1)
    changed.body = b"\xff<script>"
    assert pages.readable(changed) == "\ufffd<script>"
