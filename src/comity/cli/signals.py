"""`comity signals`: what can be measured, and so stand in the condition of an article."""

import json
from typing import Annotated

import typer

from comity.cli import output


def signals(
    as_json: Annotated[bool, typer.Option("--json", help="Write a JSON list.")] = False,
    language: Annotated[str, typer.Option(help="Of the meanings: en or zh-Hans.")] = "en",
) -> None:
    """List the signals: what can be measured about a post, its author and its thread."""
    from comity.signals.catalogue import CATALOGUE
    from comity.signals.reference import describe, range_of

    if as_json:
        output.emit(json.dumps([describe(signal) for signal in CATALOGUE.values()], ensure_ascii=False))
        return
    meanings = next(iter(CATALOGUE.values())).meaning
    if language not in meanings:
        raise typer.BadParameter(f"use one of {', '.join(meanings)}", param_hint="--language")
    output.table(
        ("signal", "type", "range", "source", "languages", "meaning"),
        (
            (
                signal.name,
                signal.kind,
                range_of(signal),
                signal.source,
                " ".join(signal.languages) or "all",
                signal.meaning[language],
            )
            for signal in CATALOGUE.values()
        ),
    )
