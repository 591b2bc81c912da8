"""The page itself, section by section."""

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element

import numpy as np

from comity.markup import node, page
from comity.opinions.conversation import Conversation
from comity.opinions.ids import Id
from comity.opinions.report.picture import MAX_DOTS, bar, opinion_map
from comity.opinions.report.words import LETTERS, Language, Words, plain
from comity.opinions.representativeness import Stand

LISTED: Final = 10
"""How many statements a section names."""
SEATS: Final = 5

_STYLE: Final = Path(__file__).with_name("report.css").read_text(encoding="utf-8")


def render(conversation: Conversation, texts: Mapping[Id, str], language: Language) -> str:
    """The whole page: a conversation, and what its statements say, as far as that is known."""
    report = _Report(conversation, texts, Words(language))
    body = node("body", report.opening(), node("main", *report.sections()), report.foot())
    return page(node("html", report.head(), body, lang=language))


@dataclass(frozen=True, slots=True)
class _Report:
    conversation: Conversation
    texts: Mapping[Id, str]
    words: Words

    def head(self) -> Element:
        digest = b64encode(sha256(_STYLE.encode()).digest()).decode()
        policy = (
            f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
        )
        return node(
            "head",
            node("meta", charset="utf-8"),
            node("meta", http_equiv="Content-Security-Policy", content=policy),
            node("meta", name="viewport", content="width=device-width, initial-scale=1"),
            node("title", self.words("title")),
            node("style", _STYLE),
        )

    def opening(self) -> Element:
        votes, words = self.conversation.votes, self.words
        counts = {
            "votes": len(votes),
            "people": len(votes.participants),
            "statements": len(votes.statements),
        }
        figures = {
            "on_map": int(self.conversation.inside.sum()),
            "groups": self.conversation.groups.count,
            "shared": len(self._shared(agreement=True)),
        }
        cards = [
            node(
                "div",
                node("dt", words(name)),
                node("dd", f"{figure:,}", class_="figure"),
                node("dd", words(f"{name}_is"), class_="quiet small"),
            )
            for name, figure in figures.items()
        ]
        return node(
            "header",
            node("p", f"Comity · {words('kicker')}", class_="kicker"),
            node("h1", words("title")),
            node("p", words("lead", **counts), class_="quiet"),
            node("dl", *cards, class_="cards"),
            *self._notices(),
        )

    def sections(self) -> Sequence[Element]:
        if self.conversation.groups.count < 2:
            return [node("section", node("p", self.words("no_groups")))]
        return [
            self._map(),
            self._listed("common", self._shared(agreement=True)),
            self._listed("divisive", self._divisive()),
            *(self._stands(group) for group in range(self.conversation.groups.count)),
            self._listed("rejected", self._shared(agreement=False)),
            self._slate(),
        ]

    def foot(self) -> Element:
        silent = int(self.conversation.silent.sum())
        return node(
            "footer",
            node("p", self.words("silent", n=silent), class_="quiet small") if silent else None,
            node("p", self.words("foot"), class_="quiet small"),
        )

    def _notices(self) -> Iterator[Element]:
        """What to be careful about."""
        rings, islands = self.conversation.rings, self.conversation.island_sizes
        if rings:
            people = sum(len(ring.participants) for ring in rings)
            yield self._notice("careful", self.words("rings", people=people, rings=len(rings)))
        if len(islands) > 1:
            rest = sum(islands[1:])
            yield self._notice("apart", self.words("islands", n=len(islands), rest=rest))

    def _notice(self, heading: str, told: str) -> Element:
        return node("aside", node("h2", self.words(heading)), node("p", told), class_="notice")

    def _map(self) -> Element:
        people = int(self.conversation.inside.sum())
        drawn = -(-people // -(-people // MAX_DOTS))
        return node(
            "section",
            node("h2", self.words("map")),
            node("p", self.words("map_is"), class_="quiet"),
            node("figure", opinion_map(self.conversation, self.words)),
            node("p", self.words("some_drawn", n=drawn), class_="quiet small")
            if drawn < people
            else None,
            self._legend(),
        )

    def _legend(self) -> Element:
        parts = [
            node("span", self.words(name), class_=f"key {name}")
            for name in ("agree", "pass", "disagree")
        ]
        return node("p", self.words("legend"), *parts, class_="small quiet legend")

    def _shared(self, *, agreement: bool) -> list[int]:
        """What more than half of every group agree (or disagree) with, the most shared first."""
        tally, found = self.conversation.tally, self.conversation
        chosen = tally.agrees if agreement else tally.disagrees
        rank = found.consensus if agreement else found.dissent
        everywhere = (2 * chosen > tally.seen).all(axis=0) & ~found.silent
        if not len(chosen):
            return []
        return [int(c) for c in np.argsort(-rank, kind="stable") if everywhere[c]]

    def _divisive(self) -> list[int]:
        """Where the shares of agreement of two groups are farthest apart."""
        share = self.conversation.representativeness.share
        apart = np.where(self.conversation.silent, 0.0, share.max(axis=0) - share.min(axis=0))
        return [int(c) for c in np.argsort(-apart, kind="stable") if apart[c] > 0]

    def _listed(self, key: str, columns: Sequence[int]) -> Element:
        items = [self._statement(column) for column in columns[:LISTED]]
        return self._section(self.words(key), self.words(f"{key}_is"), items)

    def _stands(self, group: int) -> Element:
        people = int((self.conversation.groups.labels == group).sum())
        items = [
            self._statement(stand.column, self._told(stand, group))
            for stand in self.conversation.stands[group]
        ]
        heading = self.words("stands", group=LETTERS[group])
        return self._section(heading, self.words("stands_is", people=people), items, group)

    def _told(self, stand: Stand, group: int) -> str:
        tally = self.conversation.tally
        side = tally.agrees if stand.agrees else tally.disagrees
        others = int(side[:, stand.column].sum()) - stand.votes
        others_seen = int(tally.seen[:, stand.column].sum()) - stand.seen
        return self.words(
            "told_agree" if stand.agrees else "told_disagree",
            group=LETTERS[group],
            share=_percent(stand.votes, stand.seen),
            others=_percent(others, others_seen),
        )

    def _slate(self) -> Element:
        seats = self.conversation.slate(SEATS)
        items = [self._statement(seat.column, self.words("seat", n=seat.agrees)) for seat in seats]
        return self._section(self.words("slate"), self.words("slate_is", n=SEATS), items)

    def _section(
        self, heading: str, told: str, items: Sequence[Element], group: int | None = None
    ) -> Element:
        return node(
            "section",
            node("h2", heading, class_=None if group is None else f"group-{group}"),
            node("p", told, class_="quiet"),
            node("ul", *items, class_="statements") if items else node("p", self.words("none")),
        )

    def _statement(self, column: int, told: str | None = None) -> Element:
        id_ = self.conversation.votes.statements[column]
        text = plain(self.texts.get(id_, "")) or self.words("statement", id=plain(str(id_)))
        tally = self.conversation.tally
        rows = []
        for group in range(self.conversation.groups.count):
            agrees, seen = int(tally.agrees[group, column]), int(tally.seen[group, column])
            share = _percent(agrees, seen)
            row = self.words("row", share=share, seen=seen) if seen else self.words("unseen")
            disagrees = int(tally.disagrees[group, column])
            rows += [
                node("dt", self.words("group", group=LETTERS[group]), class_=f"group-{group}"),
                node("dd", bar(agrees, seen - agrees - disagrees, disagrees)),
                node("dd", row, class_="quiet"),
            ]
        return node(
            "li",
            node("p", text, class_="said"),
            node("p", told, class_="small") if told else None,
            node("dl", *rows, class_="rows small"),
        )


def _percent(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "–"
