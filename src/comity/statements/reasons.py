"""Finding the reasons: from a decision or a ruling and the charter to a statement."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from comity.charter import Article, Charter
from comity.charter.remedy import AccountRemedy, Remedy
from comity.decisions import Evidence
from comity.statements.statement import Ground, Occasion, StatementOfReasons, restricts


def of_decision(
    decision: Mapping[str, Any], charter: Charter, occasion: Occasion
) -> StatementOfReasons:
    """The statement of a decision as it is stored (design section 5), by the charter it names.

    Pure, so a statement can be given as often as it is asked for without being kept. Raises
    ValueError for a decision that restricts nothing.
    """
    remedy = Remedy(decision["remedy"])
    account = AccountRemedy(decision["account"]) if decision.get("account") else None
    articles = {article.id: article for article in charter.articles}
    restricting = [found for found in decision["articles"] if _restricts(found)]
    restricting.sort(key=lambda found: -Remedy(found["remedy"]).rank)
    return _statement(
        charter,
        occasion,
        remedy,
        account,
        tuple(Ground(articles[found["id"]], _facts(found)) for found in restricting),
        post_lasts=_longest(
            [found for found in restricting if found["remedy"] == remedy.value]
            if remedy in (Remedy.LABEL, Remedy.LIMIT)
            else []
        ),
        account_lasts=_longest(
            [found for found in restricting if account and found.get("account") == account.value]
        ),
    )


def of_ruling(
    charter: Charter,
    occasion: Occasion,
    remedy: Remedy,
    account: AccountRemedy | None,
    articles: Sequence[Article],
    *,
    facts: Mapping[str, tuple[Evidence, ...]] | None = None,
    post_lasts: timedelta | None = None,
    account_lasts: timedelta | None = None,
    words: str = "",
) -> StatementOfReasons:
    """The statement of what a reviewer or a jury decided, by the articles that they named.

    `facts` are measurements by the id of an article, where software found the post. Raises
    ValueError for a ruling that restricts nothing, or names no article.
    """
    known = facts or {}
    return _statement(
        charter,
        occasion,
        remedy,
        account,
        tuple(Ground(article, known.get(article.id, ())) for article in articles),
        post_lasts=post_lasts,
        account_lasts=account_lasts,
        words=words,
    )


def _statement(
    charter: Charter,
    occasion: Occasion,
    remedy: Remedy,
    account: AccountRemedy | None,
    grounds: tuple[Ground, ...],
    *,
    post_lasts: timedelta | None,
    account_lasts: timedelta | None,
    words: str = "",
) -> StatementOfReasons:
    if not restricts(remedy, account):
        raise ValueError("nothing is restricted, so there are no reasons to give")
    if not grounds:
        raise ValueError("a restriction without an article has no reasons that could be given")
    return StatementOfReasons(
        charter, occasion, remedy, account, grounds, post_lasts, account_lasts, words
    )


def _restricts(found: Mapping[str, Any]) -> bool:
    account = AccountRemedy(found["account"]) if found.get("account") else None
    return restricts(Remedy(found["remedy"]), account)


def _facts(found: Mapping[str, Any]) -> tuple[Evidence, ...]:
    return tuple(Evidence.from_json(because) for because in found["because"])


def _longest(findings: Sequence[Mapping[str, Any]]) -> timedelta | None:
    """How long the longest lasts; None as soon as one has no end."""
    seconds = [found.get("for_seconds") for found in findings]
    ends = [length for length in seconds if length is not None]
    return timedelta(seconds=max(ends)) if ends and len(ends) == len(seconds) else None
