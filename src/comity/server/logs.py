"""One JSON line for each thing worth knowing. No line holds the text of a post or a secret."""

import logging
import re
import sys
from typing import Final

import structlog

_TOKEN: Final = re.compile(r"/(sign-in|statements)/[^\s/]+")


def configure() -> None:
    """Send our lines and those of the libraries to standard error, in one form.

    On a terminal a person watches: there it is words, and only what needs attention.
    """
    watched = sys.stderr.isatty()
    steps: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    render: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer() if watched else structlog.processors.JSONRenderer()
    )
    structlog.configure(
        processors=[*steps, structlog.processors.format_exc_info, render],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.WARNING if watched else logging.INFO
        ),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[_hide_tokens, *steps, structlog.processors.format_exc_info],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, render],
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    # Each refused request is in our own line already.
    logging.getLogger("django.request").setLevel(logging.ERROR)
    # Anyone can ask for a host that is not ours, as often as they like.
    logging.getLogger("django.security.DisallowedHost").setLevel(logging.CRITICAL)


def _hide_tokens(
    logger: logging.Logger,
    method: str,
    line: structlog.typing.EventDict,
) -> structlog.typing.EventDict:
    """Take tokens out of the addresses that libraries write down."""
    line["event"] = _TOKEN.sub(r"/\1/…", str(line["event"]))
    return line
