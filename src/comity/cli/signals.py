"""`comity signals`: what can be measured, and so stand in the condition of an article."""

import json
from typing import Annotated, Literal

import typer

from comity.cli import output


def signals(
    language: Annotated[
        Literal["en", "zh-Hans"], typer.Option(help="What the meanings are told in.")
    ] = "en",
    as_json: Annotated[bool, typer.Option("--json", help="Write a JSON list.")] = False,
) -> None:
    """List what can be measured about a post, its author and its thread."""
    from rich.table import Table

    from comity.signals import CATALOGUE
    from comity.signals.reference import describe, range_of

    if as_json:
        listed = [describe(signal) for signal in CATALOGUE.values()]
        output.emit(json.dumps(listed, ensure_ascii=False))
        return
    table = Table("signal", "type", "range", "languages", box=None, pad_edge=False)
    table.add_column("meaning", overflow="fold")  # Chinese has no spaces to break lines at
    for signal in CATALOGUE.values():
        languages = " ".join(signal.languages) or "all"
        meaning = signal.meaning[language]
        table.add_row(signal.name, signal.kind, range_of(signal), languages, meaning)
    output.tables().print(table)
