"""Statements to test with, and strategies that make any."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from comity.charter import Charter
from comity.charter.remedy import AccountRemedy, Remedy
from comity.decisions import Evidence
from comity.statements import (
    Content,
    Decider,
    Occasion,
    StatementOfReasons,
    of_decision,
    of_ruling,
    restricts,
)
from tests.charter.charters import TOWN_SQUARE

CHARTER = Charter.parse(TOWN_SQUARE)
POSTED = datetime(2026, 11, 22, 21, 30, tzinfo=UTC)
DECIDED = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
OCCASION = Occasion("s-1", POSTED, DECIDED, language="en")


def decision(remedy: str = "hold", **more: Any) -> dict[str, Any]:
    """A decision as JSON, by the article against personal attacks."""
    finding = {
        "id": "no-personal-attacks",
        "remedy": remedy,
        "because": [{"signal": "toxicity", "value": 0.934, "spans": [[0, 5]]}],
    }
    made = {"id": "d1", "remedy": remedy, "articles": [{**finding, **more}], "trial": []}
    return made | ({"account": more["account"]} if "account" in more else {})


def statement(remedy: str = "hold", occasion: Occasion = OCCASION, **more: Any) -> Any:
    return of_decision(decision(remedy, **more), CHARTER, occasion)


_texts = st.text(
    st.one_of(st.characters(codec="utf-8"), st.sampled_from("@/:.w 0123456789＠ｗ．")), min_size=1
).filter(str.strip)
_times = st.datetimes(datetime(1970, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))
_decided = st.datetimes(datetime(2026, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))
_values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False),
    _texts,
    st.lists(_texts, max_size=3).map(tuple),
)
_signals = st.one_of(st.sampled_from(sorted(CHARTER.catalogue)), _texts)
_lengths = st.one_of(
    st.none(), st.integers(1, 10**8).map(lambda seconds: timedelta(seconds=seconds))
)


@st.composite
def statements(draw: st.DrawFn) -> StatementOfReasons:
    """Any ruling that restricts, by articles that may say anything."""
    remedy = draw(st.sampled_from(list(Remedy)))
    account = draw(st.one_of(st.none(), st.sampled_from(list(AccountRemedy))))
    if not restricts(remedy, account):
        remedy = Remedy.REMOVE
    articles = draw(
        st.lists(
            st.builds(
                lambda article, title, text: replace(article, title=title, text=text),
                st.sampled_from(CHARTER.articles),
                *[st.dictionaries(st.sampled_from(["en", "zh-Hans", "fr"]), _texts, min_size=1)]
                * 2,
            ),
            min_size=1,
            max_size=3,
        )
    )
    facts = st.lists(st.builds(Evidence, _signals, _values), max_size=4).map(tuple)
    return of_ruling(
        CHARTER,
        draw(
            st.builds(
                Occasion,
                st.from_regex(r"[A-Za-z0-9_-]{1,500}", fullmatch=True),
                _times,
                _decided,
                st.sampled_from([None, "en", "zh-Hans", "und", "yue", "pt-BR"]),
                st.lists(st.sampled_from(Content), min_size=1).map(tuple),
                st.booleans(),
                st.booleans(),
                st.sampled_from(Decider),
            )
        ),
        remedy,
        account,
        articles,
        facts={article.id: draw(facts) for article in articles},
        post_lasts=draw(_lengths),
        account_lasts=draw(_lengths),
        words=draw(st.text()),
    )
