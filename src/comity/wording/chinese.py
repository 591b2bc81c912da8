"""Rewordings of Chinese, by rules written by hand: there are no pairs to learn from.

A rule is a short pattern and what may stand in its place; an empty text leaves the words out.
"""

import re
from collections.abc import Iterator
from typing import Final

from comity.wording.clause import denied, reported
from comity.wording.suggestion import Edit

_NAMES: Final = (
    "(?:大?傻(?:[逼比叉子冒瓜帽货缺])|煞笔|沙雕|白痴|蠢[货猪蛋]|笨[蛋猪]|脑残|智障|弱智|废物|人渣|渣滓|败类|混蛋|混账|"
    "王八蛋|流氓|骗子|小丑|神经病|疯子|变态|贱人|畜生|狗东西|二货|饭桶|窝囊废|喷子|杠精|垃圾(?![桶箱袋车站分]))"
)
_VERY: Final = "(?:他妈的?|特么的?|真的?|就|简直|完全|果然|根本|也?太|可真|还真|都|全都?|们){0,3}"
_CALLED: Final = rf"{_VERY}是?(?:一?[个群帮堆]|些|一?种)?(?:大|死|臭|老|超级)?{_NAMES}"
_STOPS: Final = r"(?=$|[，。！？,.!?~\s])"
_ENDS: Final = f"[吧啊呀吗么了]?{_STOPS}"
_ORDERED: Final = "(?:你们?)?(?:快|都|赶紧|赶快)?(?:给我|他妈的?)?"
_STUPID: Final = "(?:真|太|好|简直|实在)?(?:傻逼|脑残|弱智|智障|愚蠢|白痴|蠢|狗屎|垃圾)"
_SWEARING: Final = (
    "他妈的?|他娘的|妈的|妈了个?[逼巴]子?|特么的?|尼玛的?|你妈的|操你妈|[我卧][操靠槽擦]|握草|操蛋|日了狗|狗日的|"
    "去你妈?的|草泥马|个[屁鬼]"
)

_RULES: Final = tuple(
    (re.compile(pattern), options)
    for pattern, options in (
        # An attack and nothing else.
        (
            rf"你们?(?:这|这种|这个|这群|这帮|那种)?{_CALLED}(?:(?:都|全|就|真)?是?{_NAMES})?{_ENDS}",
            ("我不同意你的看法", "我很难接受你的说法"),
        ),
        (
            rf"[他她它]们?{_CALLED}{_ENDS}",
            ("我不同意这种做法",),
        ),
        (
            rf"你们?(?:怕?是不是|真是?|就是)?(?:有病|脑子(?:有病|有问题|进水|坏了)|没[长带]?脑子){_ENDS}",
            ("我不明白你为什么这样想",),
        ),
        (r"你们?(?:他妈的?)?(?:懂|知道)个?(?:什么|屁|啥|锤子)", ("你可能不太了解情况",)),
        (r"关你(?:们)?(?:什么|屁|鸟)?事", ("这件事与你无关",)),
        (
            rf"{_ORDERED}(?:闭嘴|住口|闭上你的[臭狗]?嘴)[吧啊]?",
            ("请先听我说完",),
        ),
        (
            rf"{_ORDERED}滚(?:开|蛋|出去|远点|一边去)?[吧啊]?{_STOPS}",
            ("请不要再打扰我", "我不想继续谈下去"),
        ),
        # What is said of a thing.
        (
            r"(?:放屁|放狗屁|胡说八道|胡扯|瞎扯|扯淡|鬼扯|屁话|狗屁不通|一派胡言)",
            ("说得不对", "没有道理"),
        ),
        (
            rf"{_STUPID}(?=的)",
            ("欠考虑", "很不合适"),
        ),
        (
            rf"(?<=[\u4e00-\u9fff])(?<![是个]){_STUPID}(?:透了|至极|极了|死了|了|啊)?{_STOPS}",
            ("很不合适", "让人失望"),
        ),
        (r"(?:真|太|好)?(?:令人作呕|让人恶心|恶心)(?:死了|透了|至极|人)?", ("让我很不舒服",)),
        (r"(?:丢人现眼|不要脸|臭不要脸|无耻)(?:至极)?", ("很不应该",)),
        (r"烂(?:透了|得要死|死了)", ("做得很不好",)),
        (r"什么(?:鬼|玩意儿?|狗屁|破|垃圾|烂)(?=[\u4e00-\u9fff])", ("什么",)),
        (r"什么(?:鬼|玩意儿?|狗屁)", ("什么意思",)),
        # Swearing at nobody.
        (
            rf"(?:真|真是)?(?:{_SWEARING})[，,！!。 ]?",
            ("",),
        ),
        (rf"(这|那)(?:个|种|群|帮|些)?{_NAMES}(?=[\u4e00-\u9fff])", (r"\1个",)),
    )
)
_MOST: Final = 10
_MINE: Final = "我"
"""How a sentence begins that says what its author thinks, which nobody else said."""


def candidates(text: str) -> Iterator[tuple[Edit, ...]]:
    """Ways to change the text: with every rule's first words, then with its second."""
    found: list[tuple[int, int, tuple[str, ...]]] = []
    for pattern, options in _RULES:
        for match in pattern.finditer(text):
            begin, end = match.span()
            if _turned_round(text, begin, options[0]):
                continue
            if all(end <= low or high <= begin for low, high, _ in found):
                found.append((begin, end, tuple(match.expand(option) for option in options)))
    if not 0 < len(found) <= _MOST:
        return
    found.sort()
    for turn in range(max(len(options) for _, _, options in found)):
        yield tuple(
            Edit(begin, end, options[min(turn, len(options) - 1)]) for begin, end, options in found
        )


def _turned_round(text: str, begin: int, instead: str) -> bool:
    """Whether what is put in would say the opposite, or what somebody else said."""
    if not instead:
        return False
    return denied(text, begin) or (instead.startswith(_MINE) and reported(text, begin))
