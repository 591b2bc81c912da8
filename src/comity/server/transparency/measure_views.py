"""How well the community looks after its own: for stewards as it stands, for everyone by month."""

from datetime import timedelta
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from pydantic_core import to_json

from comity.measures import Day, MonthlyReport, Summary, summarize, volume
from comity.server import runtime
from comity.server.console import words
from comity.server.console.words import Words, readers_language
from comity.server.members.access import permitted
from comity.server.members.permissions import Permission
from comity.server.transparency import figures, reports
from comity.server.transparency.matters import cases_of, matters

SPANS: Final = (30, 90, 365)
"""Days that a steward can look back over."""
_FOUND_BY: Final[dict[str, tuple[Words, str]]] = {
    "software": (gettext_lazy("Software found it"), ""),
    "report": (gettext_lazy("A member reported it"), ""),
}
_DECIDERS: Final[dict[str, tuple[Words, str]]] = {
    "software": (gettext_lazy("Software, by the charter"), ""),
    "reviewer": (gettext_lazy("A reviewer"), ""),
    "jury": (gettext_lazy("A jury"), ""),
}
_ACCOUNTS: Final[dict[str, tuple[Words, str]]] = {
    "warn": (gettext_lazy("Warned"), ""),
    "mute": (gettext_lazy("Muted"), ""),
    "suspend": (gettext_lazy("Suspended"), ""),
}
_VERDICTS: Final[dict[str, tuple[Words, str]]] = {
    "upheld": (gettext_lazy("Upheld"), ""),
    "changed": (gettext_lazy("Changed"), ""),
    "lifted": (gettext_lazy("Lifted"), ""),
}


@require_safe
@permitted(Permission.READ_MEASURES)
@never_cache
def measures(request: HttpRequest) -> HttpResponse:
    """The measures as they stand, over the last `?days=`."""
    span = _span(request)
    summary, days = _measured(span)
    charter, language = runtime.current().charter, readers_language()
    names = figures.article_names(charter, language)
    context = {
        "spans": SPANS,
        "span": span,
        "summary": summary,
        "volume": figures.volume_figure(days),
        "articles": [
            figures.share_figure(*names.get(each.article, (each.article, "")), each.precision)
            for each in summary.articles
        ],
        "overall": [
            figures.share_figure(_("Overturned on appeal"), "", summary.overturned),
            figures.share_figure(_("Decided after the due time"), "", summary.late),
        ],
        "times": [
            (
                _("Until the first look"),
                figures.length(summary.first_look.median),
                figures.length(summary.first_look.ninetieth),
                summary.first_look.count,
            ),
            (
                _("Until the decision"),
                figures.length(summary.decision.median),
                figures.length(summary.decision.ninetieth),
                summary.decision.count,
            ),
        ],
        "agreement": [
            (_("Reviewers"), figures.alpha(summary.reviewers_alpha)),
            (_("Jurors"), figures.alpha(summary.jurors_alpha)),
        ],
        "languages": [
            (
                each,
                words.language_name(each.language),
                figures.share_figure("", "", each.precision),
                figures.length(each.decision.median),
                _apart(each.difference),
            )
            for each in summary.languages
        ],
    }
    return render(request, "transparency/measures.html", context)


@require_safe
@permitted(Permission.READ_MEASURES)
@never_cache
def measures_csv(request: HttpRequest) -> HttpResponse:
    """The same as a file."""
    span = _span(request)
    return HttpResponse(
        figures.as_csv(*_measured(span)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="measures-{span}-days.csv"'},
    )


@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    found = reports.months(runtime.current().community, timezone.now())
    return render(request, "transparency/reports.html", {"months": found})


@require_safe
def report(request: HttpRequest, month: str) -> HttpResponse:
    """A month's transparency report, to read and to print."""
    running = runtime.current()
    found = _report(month)
    names = figures.article_names(running.charter, readers_language())
    context = {
        "report": found,
        "charter": running.charter,
        "tables": [
            (_("What followed for posts"), figures.rows(found.remedies, _remedies())),
            (_("What followed for accounts"), figures.rows(found.accounts, _ACCOUNTS)),
            (_("By which article"), figures.rows(found.articles, names)),
            (
                _("In which language"),
                figures.rows(found.languages, figures.language_names(found.languages)),
            ),
            (_("Who found it"), figures.rows(found.found_by, _FOUND_BY)),
            (_("Who decided"), figures.rows(found.deciders, _DECIDERS)),
        ],
        "verdicts": figures.rows(found.verdicts, _VERDICTS),
        "precision": [
            figures.share_figure(*names.get(name, (name, "")), share)
            for name, share in found.precision.items()
        ],
        "late": figures.share_figure(_("Decided after the due time"), "", found.late),
        "overturned": figures.share_figure(_("Overturned on appeal"), "", found.overturned),
        "median": _seconds(found.waiting.median),
        "ninetieth": _seconds(found.waiting.ninetieth),
        "reviewers": figures.alpha(found.reviewers_alpha),
        "jurors": figures.alpha(found.jurors_alpha),
    }
    return render(request, "transparency/report.html", context)


@require_safe
def report_json(request: HttpRequest, month: str) -> HttpResponse:
    return HttpResponse(to_json(_report(month)), content_type="application/json")


def _report(month: str) -> MonthlyReport:
    found = reports.report_of(runtime.current().community, month, timezone.now())
    if found is None:
        raise Http404
    return found


def _span(request: HttpRequest) -> int:
    asked = request.GET.get("days", "")
    return int(asked) if asked in map(str, SPANS) else 90


def _measured(span: int) -> tuple[Summary, list[Day]]:
    now = timezone.now()
    since = now - timedelta(days=span)
    found = matters(cases_of(runtime.current().community, since))
    recent = [matter for matter in found if matter.opened >= since]
    days = volume(found, (since + timedelta(days=1)).date(), now.date())
    return summarize(recent, now), days


def _apart(bounds: tuple[float, float] | None) -> str:
    """Whether a language is treated otherwise than the others, by more than chance."""
    if bounds is None or bounds[0] <= 0 <= bounds[1]:
        return ""
    return _("lower than elsewhere") if bounds[1] < 0 else _("higher than elsewhere")


def _remedies() -> dict[str, tuple[Words, str]]:
    return {name: (said, "") for name, said in words.REMEDIES.items()}


def _seconds(seconds: float | None) -> str:
    return figures.length(None if seconds is None else timedelta(seconds=seconds))
