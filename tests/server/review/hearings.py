"""A town in which members appeal and sit on juries: what the tests of both begin with."""

from typing import Any

from tests.server.review.support import Town

WORDS = "I was quoting the headline. It is written like that."


def court(town: Town) -> Any:
    from comity.server.review.appeals import Court

    return Court(town.community, town.signer, town.now)


def member(town: Town, name: str, source: str = "forum.example") -> Any:
    """A person who is known as this member of the platform."""
    from comity.server.members.identities import know_as

    person = town.person(name, "member")
    know_as(person, town.community, source, name)
    return person


def volunteers(town: Town, count: int, *languages: str) -> list[Any]:
    """Members `juror1` and so on, who are willing to serve."""
    from comity.server.review.appeals import volunteer

    people = [member(town, f"juror{number}") for number in range(1, count + 1)]
    for person in people:
        volunteer(person, town.community, languages or ("en",), town.now)
    return people


def nobody_volunteers(town: Town) -> None:
    """Those who were willing are so no longer."""
    from comity.server.members.models import Person
    from comity.server.review.appeals import stand_down

    for person in Person.objects.all():
        stand_down(person, town.community)


def rule(town: Town, kind: str = "uphold", by: str = "ada", **more: Any) -> Any:
    """Rule on the last case, which no lot sends to a second reviewer."""
    from comity.server.review.answer import Answer
    from comity.server.review.draw import is_drawn
    from comity.server.review.models import RulingKind
    from comity.server.review.services.rulings import rule

    case = town.case
    answer = Answer(RulingKind(kind), more.pop("reason", "Loud."), **more)
    # PostgreSQL gives a case a new number in each test, so one seed would not do for all.
    seed = next(s for s in map(bytes, zip(range(256))) if not is_drawn(s, case.pk, 0.5))
    return rule(town.bench(by), case.pk, case.version, answer, seed)


def held(town: Town, post: str = "p1", author: str = "wren") -> Any:
    """A post that software holds, and that decision."""
    from comity.server.intake.models import StoredDecision

    town.post(post, author=author)
    return StoredDecision.objects.select_related("event__community").latest("event_id")


def file(town: Town, subject: Any, author: str = "wren", words: str = WORDS) -> Any:
    from comity.server.review.appeals import file

    return file(court(town), ("forum.example", author), subject, words)


def before_jury(town: Town, willing: int = 7) -> Any:
    """An appeal against a removal, with its jury drawn."""
    volunteers(town, willing)
    held(town)
    return convene_for(town, file(town, rule(town)))


def convene_for(town: Town, appeal: Any) -> Any:
    """The appeal, once the clock has drawn its jury."""
    from comity.server.review.appeals.duties import convene

    assert convene(court(town)) == 1
    appeal.refresh_from_db()
    return appeal


def seats(appeal: Any) -> list[Any]:
    """The seats that wait for an answer."""
    return list(appeal.jury.seats.filter(state="summoned").order_by("pk"))


def vote(town: Town, seat: Any, choice: str, reason: str = "It was a quotation.") -> Any:
    from comity.server.review.appeals import vote
    from comity.server.review.models import Choice

    return vote(court(town), seat.person, seat.pk, Choice(choice), reason)


def told(kind: str) -> list[Any]:
    """What the platform was told under this type, the oldest first."""
    import json

    from comity.server.intake.models import Delivery

    bodies = [json.loads(each.body) for each in Delivery.objects.order_by("pk")]
    return [body["data"] for body in bodies if body["type"] == kind]


def newest_entry() -> Any:
    from comity.ledger import Entry
    from comity.server.transparency.models import LedgerEntry

    return Entry.decode(bytes(LedgerEntry.objects.latest("pk").body))
