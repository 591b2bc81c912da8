"""A small charter and events for the tests of decisions."""

from comity.charter import Charter
from comity.event import Event, read_event

ARTICLES = {
    "no-insults": "when: insult >= 0.8\n    then: hold",
    "mind-the-volume": "when: caps_share > 0.7 and length >= 20\n    then: nudge",
    "no-threats": "when: threat >= 0.7\n    then: {remedy: hold, account: mute, for: 1 hour}",
    "on-trial": "when: insult >= 0.5\n    then: remove\n    trial: true",
}


def charter(articles: dict[str, str] = ARTICLES) -> Charter:
    return Charter.parse(
        "charter: Test\ncommunity: test\nlanguages: [en]\nvalues: {respect: {en: Respect.}}\n"
        "articles:\n"
        + "".join(
            f"  - id: {name}\n    value: respect\n    title: {{en: Title}}\n"
            f"    text: {{en: Text.}}\n    {rest}\n"
            for name, rest in articles.items()
        )
    )


def post(text: str = "Hello", *, author: str = "u1", kind: str = "post.created") -> Event:
    return read_event(
        {
            "id": "e1",
            "source": "forum.example",
            "type": kind,
            "time": "2026-11-23T10:00:00Z",
            "community": "test",
            "data": {"post": {"id": "p1", "text": text}, "author": {"id": author}},
        }
    )
