"""Fixed sentences for attacks that say nothing else: "you are an idiot", "shut up".

Written by hand. Each pattern is a short choice of words without nested repetition, so a text is
read through once.
"""

import re
from typing import Final

from comity.wording.clause import denied, reported
from comity.wording.suggestion import Edit

_NAMES: Final = (
    "arsehole|asshole|bastard|bitch|bozo|clown|coward|creep|cretin|cunt|dickhead|dimwit|dumbass|"
    "dummy|dunce|fool|fraud|fucker|halfwit|hypocrite|idiot|imbecile|jackass|jerk|joke|liar|loser|"
    "lunatic|maniac|moron|motherfucker|muppet|nutcase|pig|prick|psycho|scumbag|simpleton|troll|"
    "twat|twit|wanker|weirdo|pieces? of (?:shit|crap|garbage|trash)"
)
_QUALITIES: Final = (
    "awful|braindead|brain dead|clueless|crazy|deranged|despicable|disgusting|dumb|evil|fucking|"
    "goddamn|hopeless|idiotic|ignorant|insane|lame|miserable|moronic|nasty|nuts|pathetic|"
    "ridiculous|rotten|shitty|silly|stupid|ugly|useless|vile|worthless"
)
_VERY: Final = (
    "absolutely|actually|all|bloody|completely|damn|fucking|just|literally|nothing but|really|"
    "simply|so|still|such|such a|totally|truly|utterly|very"
)
_ATTACK: Final = (
    rf"(?:(?:{_VERY}) ){{0,2}}(?:an? |the |some )?(?:(?:complete|total|absolute|real|utter|little|"
    rf"fat|old|bunch of|{_QUALITIES}),? ){{0,3}}"
    rf"(?:(?:{_NAMES})e?s?|{_QUALITIES})"
)
_ASKS: Final = r"(?=\s*(?:[.!?,;]|$|and (?:everyone|your|it|i|we)\b))"
_TAIL: Final = r"(?: and everyone (?:here )?knows it)?"
_MINE: Final = "I "
"""How a sentence begins that says what its author thinks, which nobody else said."""
_START: Final = r"(?:(?<=^)|(?<=[.!?;,:\n] )|(?<=[\n]))"

_TEMPLATES: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), instead)
    for pattern, instead in (
        (rf"\b(?:you are|you're|youre|ur) {_ATTACK}{_TAIL}{_ASKS}", "I disagree with you"),
        (rf"\b(?:he is|he's|hes) {_ATTACK}{_ASKS}", "I disagree with him"),
        (rf"\b(?:she is|she's|shes) {_ATTACK}{_ASKS}", "I disagree with her"),
        (
            rf"\b(?:they are|they're|theyre|you (?:all|guys|people) are) {_ATTACK}{_ASKS}",
            "I disagree with them",
        ),
        (rf"{_START}what an? (?:(?:{_QUALITIES}) ){{0,2}}(?:{_NAMES}){_ASKS}", "I disagree"),
        (
            rf"\b(?:that's|this is|that is|it's|it is) {_ATTACK}{_ASKS}",
            "I do not agree with that",
        ),
        (r"\b(?:just )?shut (?:the (?:fuck|hell) )?up\b", "please stop"),
        (rf"{_START}(?:just )?(?:fuck|piss|sod|bugger) off\b", "please leave me alone"),
        (r"\bgo (?:to hell|fuck yourself|screw yourself)\b", "please leave me alone"),
        (rf"(?:{_START}|(?<=\bso )|(?<=\band ))(?:fuck|screw) you{_ASKS}", "I am angry with you"),
        (
            rf"{_START}(?:fuck|screw) (?=(?:the|this|that|these|those|all|your|his|her|their)\b)",
            "I don't like ",
        ),
        (
            r"\b(g[eo]t(?:s|ting)?) (my|your|his|her|their|our|its) shit together\b",
            r"\1 \2 act together",
        ),
        (
            rf"\b(?:don't|dont|do not|stop being) (?:be )?(?:so )?(?:{_QUALITIES}){_ASKS}",
            "please think again",
        ),
        (r"\b(what|who|why|how|when|where|whatever) the (?:fuck|hell|heck)\b", r"\1"),
        (r"\bkick(?:s|ing)? ass\b", "do great"),
        (r"\bkicked ass\b", "did great"),
        (
            r"\b((?:ca|could|do|does|did|wo)n't|cannot) (do|know|mean|say|see) (?:jack )?shit\b",
            r"\1 \2 anything",
        ),
        (
            rf"\b(?:stop being|don't be) (?:such )?an? (?:(?:{_QUALITIES}) )?(?:{_NAMES})\b",
            "please stop",
        ),
    )
)


def template_edits(text: str) -> list[Edit]:
    """The places where a fixed sentence fits, in order; none overlaps another."""
    found: list[Edit] = []
    for pattern, instead in _TEMPLATES:
        for match in pattern.finditer(text):
            begin, end = match.span()
            if instead.startswith(_MINE) and (denied(text, begin) or reported(text, begin)):
                continue
            if all(end <= edit.begin or edit.end <= begin for edit in found):
                found.append(Edit(begin, end, match.expand(instead)))
    return sorted(found, key=lambda edit: edit.begin)
