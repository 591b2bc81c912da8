"""Lifecycles drawn for the docs: a lane for each state, an arrow for each way on.

The verb is `draw`. Like a sequence diagram it needs no layout: whatever the lifecycle, no line
crosses a word.
"""

from typing import Final
from xml.sax.saxutils import escape

from comity.server.lifecycle import Lifecycle, Transition

_LANE: Final = 150
_ROW: Final = 46
_HEAD: Final = 54
_BOX: Final = 128


def draw(cycle: Lifecycle) -> str:
    """An SVG that takes its colours from the text around it."""
    width = _LANE * len(cycle.states)
    height = _HEAD + _ROW * len(cycle.transitions) + 16
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" role="img" aria-label="Lifecycle: {escape(cycle.name)}" '
        'fill="none" stroke="currentColor" font-family="sans-serif" font-size="13" '
        'style="max-width: 100%; height: auto">'
    )
    parts = [head, *(_state(cycle, place, height) for place in range(len(cycle.states)))]
    for row, way in enumerate(cycle.transitions):
        parts += _arrows(cycle, way, _HEAD + _ROW * row + 34)
    return "\n".join([*parts, "</svg>"])


def _state(cycle: Lifecycle, place: int, height: int) -> str:
    """The box of a state with its lane; final states have a double frame, the first a thick one."""
    state, x = cycle.states[place], _middle(place)
    left = x - _BOX // 2
    thick = 2.5 if state == cycle.initial else 1.2
    box = f'<rect x="{left}" y="8" width="{_BOX}" height="30" rx="6" stroke-width="{thick}"/>'
    if state in cycle.finals:
        box += f'<rect x="{left + 3}" y="11" width="{_BOX - 6}" height="24" rx="4"/>'
    name = f'<text x="{x}" y="28" text-anchor="middle" {_INK}>{_words(state)}</text>'
    lane = f'<path d="M{x} 38V{height - 8}" stroke-opacity="0.35" stroke-dasharray="3 4"/>'
    return box + name + lane


def _arrows(cycle: Lifecycle, way: Transition, y: int) -> list[str]:
    """From each lane that the way leads out of, to the lane that it leads to."""
    to = _middle(cycle.states.index(way.to))
    sources = [_middle(cycle.states.index(source)) for source in way.sources]
    far = max(sources, key=lambda x: abs(x - to))
    tip = -7 if far < to else 7
    dots = [f'<circle cx="{x}" cy="{y}" r="3.5" fill="currentColor"/>' for x in sources]
    line = f'<path d="M{far} {y}H{to}m{tip} -5L{to} {y}l{tip} 5"/>'
    beside = far + (_LANE // 2 if to > far else -_LANE // 2)  # between two lanes, on neither
    words = f'<text x="{beside}" y="{y - 7}" text-anchor="middle" {_INK}>'
    return [*dots, line, f"{words}{_words(way.name)}</text>"]


_INK: Final = 'fill="currentColor" stroke="none"'


def _middle(place: int) -> int:
    return _LANE * place + _LANE // 2


def _words(name: str) -> str:
    return escape(name.replace("_", " "))


_PAGE: Final = """# Lifecycles

<!-- Written by scripts/reference.py. Change the code it comes from instead. -->

What a case, a remedy, a strike, an appeal, a jury and a seat in it can be, and who moves them on. Each step is one transaction with its ledger entry and its message: all of it happens, or none. A thick frame is where it begins, a double frame where it ends. `system` is nobody: an event that came in, or a time that is up.
"""  # noqa: E501  a paragraph is a line


def reference_page() -> str:
    """The page of the docs, in Markdown."""
    from comity.server.review.lifecycles import LIFECYCLES

    return "\n".join([_PAGE, *(_section(cycle) for cycle in LIFECYCLES)])


def _section(cycle: Lifecycle) -> str:
    rows = ["| step | from | to | by | ledger entry | message |", "|---|---|---|---|---|---|"]
    rows += [
        f"| `{way.name}` | {_codes(way.sources)} | `{way.to}` | {', '.join(way.by)} "
        f"| {f'`{way.enters}`' if way.enters else ''} | {f'`{way.sends}`' if way.sends else ''} |"
        for way in cycle.transitions
    ]
    return f"## {cycle.name.title()}\n\n{draw(cycle)}\n\n" + "\n".join(rows) + "\n"


def _codes(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)
