"""The small things a charter is written with: ids, names, language tags, lengths of time, shares.

Each is a pydantic type: it takes the text that was written and gives the value, or says how to
write it. The regular expressions run over short texts of ours only and need no backtracking.
"""

import re
from datetime import timedelta
from decimal import Decimal
from typing import Annotated, Any, Final

from pydantic import (
    AfterValidator,
    BeforeValidator,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

_UNITS: Final = {"second": 1, "minute": 60, "hour": 3_600, "day": 86_400, "week": 604_800}
_LONGEST: Final = timedelta(days=366)
LARGEST_JURY: Final = 25

_SLUG: Final = r"[a-z0-9]+(-[a-z0-9]+)*"
_NAME: Final = r"[a-z][a-z0-9_]*"
_LANGUAGE: Final = r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?"
_DURATION: Final = rf"([1-9][0-9]{{0,7}}) ({'|'.join(_UNITS)})s?"
_SHARE: Final = r"([0-9]{1,3}(?:\.[0-9]{1,9})?) ?(%?)"

# What people write for languages whose tags they do not know by heart.
_LANGUAGES_MEANT: Final = {
    "chinese": "zh-Hans",
    "cn": "zh-Hans",
    "zh-cn": "zh-Hans",
    "zh-tw": "zh-Hant",
    "english": "en",
    "jp": "ja",
}


def _slug(text: str) -> str:
    if re.fullmatch(_SLUG, text):
        return text
    better = "-".join(re.findall("[a-z0-9]+", text.lower()))
    hint = f"write `{better}`" if better else "write one like `no-flooding`"
    raise wrong("an id is made of a–z and 0–9, with single hyphens between them", hint)


def _name(text: str) -> str:
    if re.fullmatch(_NAME, text):
        return text
    better = "_".join(re.findall("[a-z0-9]+", text.lower()))
    hint = f"write `{better}`" if re.fullmatch(_NAME, better) else "write one like `posts_1h`"
    message = "a name that conditions use is made of a–z, 0–9 and _, and begins with a letter"
    raise wrong(message, hint)


def _language(text: str) -> str:
    if is_language(text):
        return text
    better = _LANGUAGES_MEANT.get(text.lower().replace("_", "-")) or _conventional(text)
    hint = f"write `{better}`" if better else "tags look like `en`, `zh-Hans` or `pt-BR`"
    raise wrong("this is not the usual tag of a language", hint)


def is_language(text: str) -> bool:
    """Whether it is a language tag as a charter writes them."""
    return text.lower() not in _LANGUAGES_MEANT and bool(re.fullmatch(_LANGUAGE, text))


def _conventional(tag: str) -> str:
    """The spelling of RFC 5646, section 2.1.1; empty for what is no tag in any spelling."""
    language, *rest = re.split("[-_]", tag)
    parts = [part.title() if len(part) == 4 else part.upper() for part in rest]
    spelled = "-".join([language.lower(), *parts])
    return spelled if is_language(spelled) else ""


def _duration(written: Any) -> timedelta:
    match = re.fullmatch(_DURATION, written) if isinstance(written, str) else None
    if not match:
        hint = "write a whole number and its unit, as in `30 minutes`, `1 hour`, `7 days`"
        raise wrong("this is no length of time", hint)
    length = int(match[1]) * _UNITS[match[2]]
    if length > _LONGEST.total_seconds():
        raise wrong("this is longer than a year", f"the longest is `{_LONGEST.days} days`")
    return timedelta(seconds=length)


def in_words(length: timedelta) -> str:
    """A length of time as a charter writes it: 90 minutes, 1 hour."""
    seconds = int(length.total_seconds())
    unit, size = next(
        (unit, size) for unit, size in reversed(_UNITS.items()) if seconds % size == 0
    )
    return f"{seconds // size} {unit}{'' if seconds == size else 's'}"


def _share(written: Any) -> float:
    share = _part(written)
    if not share:
        hint = "write what part of all posts it is, like `2%` or `0.02`"
        raise wrong("this is no share of the posts", hint)
    return share


def _part_of_cases(written: Any) -> float:
    part = _part(written)
    if part is None:
        hint = "write what part of all cases it is, like `5%`; `0%` for none"
        raise wrong("this is no share of the cases", hint)
    return part


def _part(written: Any) -> float | None:
    """What part of a whole is written, 0 to 1; None where that is not what is written."""
    match = re.fullmatch(_SHARE, written) if isinstance(written, str) else None
    part = Decimal(match[1]) / (100 if match[2] else 1) if match else Decimal(2)
    return float(part) if part <= 1 else None


def _weight(written: Any) -> int:
    if not isinstance(written, str) or not re.fullmatch("[0-9]{1,3}", written):
        raise wrong("this is no weight", "write a whole number from 0 to 999")
    return int(written)


def _standing(written: Any) -> int:
    if not isinstance(written, str) or not re.fullmatch("[1-9][0-9]{0,2}", written):
        raise wrong("this is no standing", "write a whole number from 1 to 999")
    return int(written)


def _jury(written: Any) -> int:
    size = int(written) if isinstance(written, str) and re.fullmatch("[0-9]{1,2}", written) else 0
    if size % 2 == 0 or not 3 <= size <= LARGEST_JURY:
        hint = f"write an odd number from 3 to {LARGEST_JURY}, so that no vote is a tie"
        raise wrong("this is no size of a jury", hint)
    return size


def wrong(message: str, hint: str) -> PydanticCustomError:
    """A mistake in our own words, for pydantic to carry to its place."""
    return PydanticCustomError("charter", "{message}", {"message": message, "hint": hint})


def _pattern(pattern: str, *examples: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": f"^({pattern})$", "examples": [*examples]})


_SHORT: Final = StringConstraints(max_length=64)

Slug = Annotated[str, _SHORT, AfterValidator(_slug), _pattern(_SLUG, "no-flooding")]
Name = Annotated[str, _SHORT, AfterValidator(_name), _pattern(_NAME, "author_posts_1h")]
Language = Annotated[str, _SHORT, AfterValidator(_language), _pattern(_LANGUAGE, "en", "zh-Hans")]
Duration = Annotated[
    timedelta,
    BeforeValidator(_duration),
    PlainSerializer(in_words),
    _pattern(_DURATION, "30 minutes"),
]
Share = Annotated[
    float,
    BeforeValidator(_share),
    WithJsonSchema({"type": ["string", "number"], "examples": ["2%", 0.02]}),
]
PartOfCases = Annotated[
    float,
    BeforeValidator(_part_of_cases),
    WithJsonSchema({"type": ["string", "number"], "examples": ["5%", 0.05]}),
]
Weight = Annotated[
    int,
    BeforeValidator(_weight),
    WithJsonSchema({"type": "integer", "minimum": 0, "maximum": 999, "examples": [2]}),
]
Standing = Annotated[
    int,
    BeforeValidator(_standing),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 999, "examples": [4]}),
]
JurySize = Annotated[
    int,
    BeforeValidator(_jury),
    WithJsonSchema({"enum": [*range(3, LARGEST_JURY + 1, 2)]}),
]
