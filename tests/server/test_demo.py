"""The demo comes alive by itself, and goes on where it stopped."""

import time
from itertools import pairwise

import pytest
from django.utils import timezone

from tests.server.support import CHARTER, Server, serve, until


def test_the_demo_tells_its_posts_and_goes_on_after_a_restart(tmp_path):
    server = Server(tmp_path / "data", "--demo", new=True)
    until(lambda: server.ask("GET", "/healthz").json["ledger"] > 100)
    assert server.said[0] == f"Comity is at http://127.0.0.1:{server.port}"
    assert "/sign-in/" in server.said[1]
    begin, size = time.monotonic(), server.ask("GET", "/healthz").json["ledger"]
    server.stop()
    server.start()
    more = server.ask("GET", "/healthz").json["ledger"] - size
    assert 0 <= more <= 1 + (time.monotonic() - begin) / 15  # the seconds between two posts
    server.stop()


def test_the_demo_is_not_told_to_a_real_community(tmp_path):
    answer = serve(tmp_path / "data", "--charter", str(CHARTER), "--demo")
    assert answer.returncode == 1
    assert "town-square" in answer.stderr


@pytest.mark.usefixtures("django")
def test_every_post_of_the_demo_is_an_event_of_its_own():
    from comity.server.demo.replay import Replay
    from comity.server.intake.committer import Committer

    replay = Replay(Committer(list, list), "lantern-lane")
    now = timezone.now()
    events = [replay.event(number, now) for number in range(400)]
    assert len({event.id for event in events}) == 400
    assert all(one.id != other.id for one, other in pairwise(events))
    assert all(event.data.author.joined < now for event in events)
    known = {event.data.post.id for event in events}
    assert all(event.data.post.parent in {*known, None} for event in events)
