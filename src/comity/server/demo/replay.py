"""The demo's posts, told again and again: all of them once at the start, then one every while.

Which post comes next follows from how many came already, so a restart goes on where it stopped.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event as Flag
from threading import Thread
from typing import Any, Final

import structlog
from django.utils import timezone

from comity.event import Author, Event, EventData, EventType, Parent, Post, write_events
from comity.server.intake.committer import Committer
from comity.server.intake.models import StoredEvent
from comity.server.problems import Problem

CHARTER: Final = Path(__file__).parent / "charter.yaml"
_POSTS: Final = Path(__file__).parent / "posts.jsonl"
SOURCE: Final = "demo.example"
PAUSE: Final = timedelta(seconds=15)
"""Between two posts: four a minute."""
_APART: Final = timedelta(minutes=20)
"""Between the posts of the first round, which end now: nobody seems to flood the forum."""
_NEWEST: Final = timedelta(days=1)
"""How long the newest member has been there; each of the others three weeks more than the next."""

_log = structlog.get_logger()


class Replay:
    """Tells the posts to the committer as a platform would, in a thread of its own."""

    def __init__(self, committer: Committer, community: str) -> None:
        self._committer = committer
        self._community = community
        self._posts = [json.loads(line) for line in _POSTS.read_text("utf-8").splitlines()]
        self._stop = Flag()
        self._thread = Thread(target=self._run, name="demo", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        told = StoredEvent.objects.filter(source=SOURCE).count()
        try:
            if not told:
                told = len(self._posts)
                begin = timezone.now() - told * _APART
                self._commit([self.event(n, begin + (n + 1) * _APART) for n in range(told)])
            while not self._stop.wait(PAUSE.total_seconds()):
                self._commit([self.event(told, timezone.now())])
                told += 1
        except Problem as problem:
            _log.error("the demo has stopped", problem=str(problem))

    def _commit(self, events: list[Event]) -> None:
        self._committer.commit(write_events(events), len(events))

    def event(self, number: int, time: datetime) -> Event:
        """The event with this number, counted from the first post of the first round."""
        turn, place = divmod(number, len(self._posts))
        posts = {post["id"]: post for post in self._posts}
        post = self._posts[place]
        parent = posts.get(post["parent"])
        return Event(
            id=f"{post['id']}-{turn}",
            source=SOURCE,
            type=EventType.POST_CREATED,
            time=time,
            community=self._community,
            data=EventData(
                post=Post(
                    id=f"{post['id']}-{turn}",
                    text=post["text"],
                    thread=f"{post['thread']}-{turn}",
                    parent=f"{parent['id']}-{turn}" if parent else None,
                ),
                author=Author(
                    id=post["author"], joined=time - self._age(post["author"]), roles=("member",)
                ),
                parent=_answered(parent, turn) if parent else None,
            ),
        )

    def _age(self, author: str) -> timedelta:
        """Who speaks first has been there longest."""
        authors = list(dict.fromkeys(post["author"] for post in self._posts))
        return _NEWEST + timedelta(weeks=3) * (len(authors) - 1 - authors.index(author))


def _answered(parent: Mapping[str, Any], turn: int) -> Parent:
    return Parent(id=f"{parent['id']}-{turn}", text=parent["text"], author=parent["author"])
