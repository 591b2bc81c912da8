"""Every signal there is, but for the counters that a charter declares itself.

The charter's checker, the docs, the console and `/v1/signals` all read this one table.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from comity.signals.signal import Kind, Signal, Source

WORD_LIST_LANGUAGES: Final = ("ar", "de", "en", "es", "fr", "it", "ko", "pt", "tr", "zh")
"""Where there is a list of rude and of kind words."""


def _text(
    name: str,
    kind: Kind,
    en: str,
    zh: str,
    high: float | None = None,
    languages: Iterable[str] = (),
) -> Signal:
    low = 0.0 if kind in (Kind.INTEGER, Kind.NUMBER) else None
    return Signal(name, kind, Source.TEXT, _both(en, zh), low, high, tuple(languages))


def _about(source: Source, name: str, kind: Kind, en: str, zh: str) -> Signal:
    return Signal(name, kind, source, _both(en, zh), 0.0 if kind is Kind.NUMBER else None)


def _both(en: str, zh: str) -> Mapping[str, str]:
    return MappingProxyType({"en": en, "zh-Hans": zh})


_SCORES: Final = {
    "toxicity": _both(
        "How likely a reader finds the post rude, disrespectful or hateful enough to leave.",
        "读者认为帖子粗鲁、不尊重人或充满敌意，以至于想离开讨论的可能性。",
    ),
    "severe_toxicity": _both(
        "How likely the post is extremely hateful or aggressive; mild swearing does not count.",
        "帖子带有极端敌意或攻击性的可能性；一般的粗口不算。",
    ),
    "insult": _both(
        "How likely the post insults or belittles a person or a group of people.",
        "帖子侮辱或贬低个人或群体的可能性。",
    ),
    "identity_attack": _both(
        "How likely the post attacks people for who they are.",
        "帖子因他人的身份而攻击他人的可能性。",
    ),
    "threat": _both(
        "How likely the post announces or wishes harm to someone.",
        "帖子扬言或希望伤害他人的可能性。",
    ),
    "profanity": _both(
        "How likely the post swears or is obscene, whoever it is aimed at.",
        "帖子含有脏话或下流用语的可能性，无论针对谁。",
    ),
    "sexually_explicit": _both(
        "How likely the post speaks of sexual acts or body parts in a lewd way.",
        "帖子露骨谈论性行为或身体部位的可能性。",
    ),
    "spam": _both(
        "How likely the post is unwanted advertising or a fraud.",
        "帖子是垃圾广告或诈骗信息的可能性。",
    ),
    "gratitude": _both(
        "How likely the post thanks or appreciates someone.",
        "帖子表达感谢或赞赏的可能性。",
    ),
    "curiosity": _both(
        "How likely the post asks because its author wants to know.",
        "帖子出于求知而发问的可能性。",
    ),
    "compassion": _both(
        "How likely the post cares for someone or comforts them.",
        "帖子关心或安慰他人的可能性。",
    ),
    "respect": _both(
        "How likely the post shows regard for the person it answers, agreeing or not.",
        "帖子尊重对话对方的可能性，无论赞同与否。",
    ),
    "reasoning": _both(
        "How likely the post gives reasons for what it says.",
        "帖子为其观点给出理由的可能性。",
    ),
    "personal_story": _both(
        "How likely the post tells of something that its author went through.",
        "帖子讲述作者亲身经历的可能性。",
    ),
}
"""What a model may measure. A score is a calibrated probability: of 100 posts at 0.8, about 80 are
what it says."""


def _scores() -> Iterator[Signal]:
    """What the newest shipped model does measure, in the languages that its card names."""
    shelf = files("comity.signals") / "models"
    versions = [folder.name for folder in shelf.iterdir()] if shelf.is_dir() else []
    if not versions:  # the first one is being made
        return
    card = json.loads((shelf / max(versions) / "card.json").read_text("utf-8"))
    served = card["attributes"]
    for name, meaning in _SCORES.items():
        if name in served:
            languages = tuple(served[name]["languages"][card["tiers"][-1]])
            yield Signal(name, Kind.NUMBER, Source.MODEL, meaning, 0.0, 1.0, languages)


_TEXT: Final = (
    _text("text", Kind.TEXT, "The post as it was written.", "帖子原文。"),
    _text(
        "plain_text",
        Kind.TEXT,
        "The post in lower case with disguises undone: look-alike letters, digits for letters, "
        "invisible characters, drawn-out letters, Traditional Chinese characters.",
        "还原伪装后的小写文本：形近字母、以数字代字母、隐形字符、重复拉长的字母、繁体字。",
    ),
    _text(
        "language",
        Kind.TEXT,
        "The language as a BCP 47 tag (`en`, `zh`): what the platform says, else what the text "
        "shows. Unknown where the text is too short or too mixed to tell.",
        "语言的 BCP 47 标签（如 `en`、`zh`）：以平台提供的为准，否则由文本识别。"
        "文本过短或混杂时为未知。",
    ),
    _text(
        "script",
        Kind.TEXT,
        "The script of most letters as an ISO 15924 code (`Latn`, `Hani`, `Jpan`, `Arab`). "
        "Unknown where there are no letters.",
        "多数字母所属文字的 ISO 15924 代码（如 `Latn`、`Hani`、`Jpan`、`Arab`）。"
        "没有字母时为未知。",
    ),
    _text("length", Kind.INTEGER, "Unicode code points in the post.", "帖子的 Unicode 码点数。"),
    _text(
        "words",
        Kind.INTEGER,
        "Words. Where words are written without spaces (Chinese, Japanese, Thai, Lao, Khmer, "
        "Burmese), each letter counts as one.",
        "词数。不用空格分词的文字（中文、日文、泰文、老挝文、高棉文、缅甸文）每个字算一个。",
    ),
    _text("lines", Kind.INTEGER, "Lines, empty ones included.", "行数，包括空行。"),
    _text(
        "caps_share",
        Kind.NUMBER,
        "The share of capitals among letters that have two cases; 0 where there are none.",
        "大写字母在有大小写之分的字母中所占的比例；没有此类字母时为 0。",
        1.0,
    ),
    _text(
        "emoji_count",
        Kind.INTEGER,
        "Emoji; a joined one (a family, a flag) counts once.",
        "表情符号数；组合而成的（如家庭、旗帜）算一个。",
    ),
    _text(
        "exclamations",
        Kind.INTEGER,
        "Exclamation marks, full-width ones included.",
        "感叹号数，包括全角。",
    ),
    _text(
        "links",
        Kind.INTEGER,
        "Links: those in the text, and those the platform tells besides.",
        "链接数：文本中的，以及平台另外提供的。",
    ),
    _text(
        "link_domains",
        Kind.TEXTS,
        "The domains that the links lead to, lower case, without `www.`, each once.",
        "链接指向的域名，小写，不含 `www.`，每个只列一次。",
    ),
    _text("mentions", Kind.INTEGER, "Mentions such as `@name`.", "提及（如 `@name`）的次数。"),
    _text(
        "media",
        Kind.INTEGER,
        "Pictures, videos and sounds attached to the post.",
        "帖子所附图片、视频和音频的数量。",
    ),
    _text(
        "disguised",
        Kind.BOOLEAN,
        "Whether undoing disguises changed letters of the post.",
        "还原伪装时是否改动了帖子中的字母。",
    ),
    _text(
        "bad_words",
        Kind.INTEGER,
        "Rude words of our list for the text's language, disguises undone, each time they occur.",
        "还原伪装后，命中该语言粗鲁词表的次数，重复出现重复计数。",
        languages=WORD_LIST_LANGUAGES,
    ),
    _text(
        "kind_words",
        Kind.INTEGER,
        "Thanking and kind words of our list for the text's language, each time they occur.",
        "命中该语言感谢与友善词表的次数，重复出现重复计数。",
        languages=WORD_LIST_LANGUAGES,
    ),
    _text(
        "quotes_parent",
        Kind.BOOLEAN,
        "Whether part of the post repeats the post it answers. Unknown where the post marks a "
        "quote and the platform does not tell the answered text.",
        "帖子是否有一部分重复了它所回复的内容。若帖子标有引用而平台未提供被回复的文本，则为未知。",
    ),
    _text(
        "quoted_share",
        Kind.NUMBER,
        "The share of the post that repeats the post it answers or is marked as a quote "
        "(lines that begin with `>`, text in quotation marks).",
        "帖子中重复被回复内容或标为引用（以 `>` 开头的行、引号中的文字）的部分所占比例。",
        1.0,
    ),
)

_AUTHOR: Final = (
    _about(
        Source.AUTHOR,
        "author_age_days",
        Kind.NUMBER,
        "Days since the author joined, as of the event. Unknown where the platform does not tell.",
        "作者加入至事件发生时的天数。平台未提供时为未知。",
    ),
    _about(
        Source.AUTHOR,
        "author_roles",
        Kind.TEXTS,
        "The author's roles on the platform, as it tells them.",
        "作者在平台上的角色，以平台提供的为准。",
    ),
)

_THREAD: Final = (
    _about(
        Source.THREAD,
        "is_reply",
        Kind.BOOLEAN,
        "Whether the post answers another.",
        "帖子是否回复了另一帖子。",
    ),
    _about(
        Source.THREAD,
        "replies_to_self",
        Kind.BOOLEAN,
        "Whether the author answers their own post. Unknown where the platform does not tell "
        "whose post it is.",
        "作者是否在回复自己的帖子。平台未提供被回复者时为未知。",
    ),
    _about(
        Source.THREAD,
        "is_edit",
        Kind.BOOLEAN,
        "Whether this is a new version of an earlier post.",
        "是否为先前帖子的修改版本。",
    ),
)

CATALOGUE: Final[Mapping[str, Signal]] = MappingProxyType(
    {signal.name: signal for signal in (*_scores(), *_TEXT, *_AUTHOR, *_THREAD)}
)
"""Signals by name, in the order in which they are shown."""
