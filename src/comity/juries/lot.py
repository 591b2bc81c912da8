"""The lot itself. The page on juries in the docs tells it to whoever draws with another program."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from hashlib import sha256
from itertools import accumulate
from typing import Final

_NOBODY: Final[frozenset[str]] = frozenset()


def seed_of(root: bytes, case: str) -> str:
    """The seed for a case: the root of a checkpoint in hexadecimal, a line break, the case's id."""
    return f"{root.hex()}\n{case}"


def ticket(seed: str, member: str) -> str:
    """The lot of a member: SHA-256 of seed, line break and id, in 64 hexadecimal digits.

    The lowest tickets are drawn first.
    """
    return sha256(f"{seed}\n{member}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Draw:
    """Who was drawn, in the order of their tickets, and who comes next.

    `reserve` are all others who may serve, by ticket; `groups` says of each member their group.
    """

    jurors: tuple[str, ...]
    reserve: tuple[str, ...]
    groups: Mapping[str, str]

    def replace(self, juror: str) -> "Draw":
        """Put the next in the same order in a juror's place: of their group while it has one.

        Raises ValueError where the juror is none, or nobody is left.
        """
        if juror not in self.jurors:
            raise ValueError(f"`{juror}` is not on this jury")
        if not self.reserve:
            raise ValueError("nobody is left who could be drawn")
        group = self.groups.get(juror, "")
        alike = (one for one in self.reserve if self.groups.get(one, "") == group)
        successor = next(alike, self.reserve[0])
        jurors = tuple(successor if one == juror else one for one in self.jurors)
        return Draw(jurors, tuple(one for one in self.reserve if one != successor), self.groups)


def draw(
    members: Iterable[str],
    size: int,
    seed: str,
    groups: Mapping[str, str] | None = None,
    excluded: Set[str] = _NOBODY,
) -> Draw:
    """Draw `size` of the members who are not excluded, spread over their groups.

    Each of them is drawn with the same chance, whatever the size of their group, and a group gets
    its share of the seats, rounded down or up. Who has no group is in one with all such members.
    Neither the order nor the repetition of `members` matters. Raises ValueError where too few are
    left.
    """
    eligible = sorted(set(members) - excluded, key=lambda member: ticket(seed, member))
    if not 0 < size <= len(eligible):
        raise ValueError(f"{len(eligible)} may serve, so no jury of {size} can be drawn")
    told = {member: (groups or {}).get(member, "") for member in eligible}
    seats = _seats(told, size, int(ticket(seed, ""), 16))
    jurors = []
    for member in eligible:
        if seats[told[member]]:
            seats[told[member]] -= 1
            jurors.append(member)
    chosen = set(jurors)
    return Draw(tuple(jurors), tuple(one for one in eligible if one not in chosen), told)


def _seats(told: Mapping[str, str], size: int, lot: int) -> dict[str, int]:
    """The seats of each group: systematic sampling, after W. G. Madow (1949).

    The groups stand in a line, by name, each as long as it has members. Seats lie on it at equal
    distances, the first at a place drawn by lot. In whole numbers, so that all machines agree: a
    member's place is covered by `size` of all `total` beginnings.
    """
    names = sorted(set(told.values()))
    ends = list(accumulate(sum(group == name for group in told.values()) for name in names))
    total = len(told)
    seats = dict.fromkeys(names, 0)
    for seat in range(size):
        place = (lot % total + seat * total) // size
        seats[names[bisect_right(ends, place)]] += 1
    return seats
