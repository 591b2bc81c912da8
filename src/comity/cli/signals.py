"""`comity signals`: what can be measured, and so stand in the condition of an article."""

import json
import sys
from typing import Annotated

import typer

from comity.cli import output


def signals(
    language: Annotated[str, typer.Option(help="Of the meanings: en or zh-Hans.")] = "en",
    as_json: Annotated[bool, typer.Option("--json", help="Write a JSON list.")] = False,
) -> None:
    """List what can be measured about a post, its author and its thread."""
    from rich.console import Console
    from rich.table import Table

    from comity.signals import CATALOGUE
    from comity.signals.reference import describe, range_of

    if as_json:
        listed = [describe(signal) for signal in CATALOGUE.values()]
        output.emit(json.dumps(listed, ensure_ascii=False))
        return
    table = Table("signal", "type", "range", "languages", "meaning", box=None, pad_edge=False)
    for signal in CATALOGUE.values():
        if language not in signal.meaning:
            raise typer.BadParameter(f"use one of {', '.join(signal.meaning)}")
        languages = " ".join(signal.languages) or "all"
        meaning = signal.meaning[language]
        table.add_row(signal.name, signal.kind, range_of(signal), languages, meaning)
    Console(file=sys.stdout, highlight=False, markup=False).print(table)
