"""The option `--tier`: how much of the model looks at a text."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from comity.signals.model import Tier

TierOption = Annotated[
    Literal["fast", "full"] | None,
    typer.Option(
        help="fast: the linear model alone; full: the encoder too, where that leaves something "
        "open. By default as much as the model has.",
    ),
]


def tier_of(name: str | None) -> "Tier | None":
    from comity.signals.model import Tier

    return None if name is None else Tier(name)
