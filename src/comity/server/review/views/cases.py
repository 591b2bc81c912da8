"""The pages of reviewers: the queues, a queue, a case."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from secrets import token_bytes
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from comity.server import runtime
from comity.server.console.words import readers_language
from comity.server.members.access import permitted, person
from comity.server.members.mistake import Mistake
from comity.server.members.models import Person
from comity.server.members.permissions import Permission, may
from comity.server.review import piles, wellbeing
from comity.server.review.answer import AnswerError
from comity.server.review.case_page import WITHIN, case_page
from comity.server.review.charters import charter_of
from comity.server.review.docket import stranded
from comity.server.review.forms import AnswerForm, AssignForm, CampaignForm
from comity.server.review.models import ENDED, Case, Queue, Template
from comity.server.review.services import claims, rulings
from comity.server.review.services.bench import Bench
from comity.server.review.views.common import bench_of, find_case, keep_out


@require_safe
@permitted(Permission.READ_CASES)
@never_cache
def queues(request: HttpRequest) -> HttpResponse:
    """How many cases wait where, and how many for too long."""
    now, reader, community = timezone.now(), person(request), runtime.current().community
    context = {
        "glances": piles.glances(community, now),
        "rows": _rows(piles.given_to(reader, community), reader, now),
        "stranded": stranded(bench_of(request)),
    }
    return render(request, "review/queues.html", context)


@require_safe
@permitted(Permission.READ_CASES)
@never_cache
def queue(request: HttpRequest, number: int) -> HttpResponse:
    """The cases of a queue; `?after=` goes on from where a page ended."""
    now, reader = timezone.now(), person(request)
    found = get_object_or_404(Queue, pk=number, community=runtime.current().community)
    after = piles.Place.read(request.GET.get("after", ""))
    cases = piles.pile(found, reader, after, now)
    listed = cases[: piles.LISTED]
    more = piles.Place.of(listed[-1], now) if len(cases) > piles.LISTED else None
    context = {"queue": found, "rows": _rows(listed, reader, now), "more": more}
    return render(request, "review/queue.html", context)


def _rows(cases: Iterable[Case], reader: Person, now: datetime) -> list[piles.Row]:
    comfort, charter = wellbeing.comfort_of(reader), runtime.current().charter
    language = readers_language()
    return [piles.row(case, comfort, charter, now, language) for case in cases]


@require_safe
@permitted(Permission.READ_CASES)
@never_cache
def case(request: HttpRequest, number: int) -> HttpResponse:
    return _case(request, find_case(number), None)


def _case(
    request: HttpRequest, found: Case, form: AnswerForm | None, status: int = 200
) -> HttpResponse:
    """The page of a case, or why this reader does not see it."""
    kept_out = keep_out(request, found)
    if kept_out:
        return kept_out
    now, reader = timezone.now(), person(request)
    comfort = wellbeing.comfort_of(reader)
    begun = wellbeing.working_since(reader, now)
    worked = int((now - begun).total_seconds()) // 60
    ended, able = found.state in ENDED, claims.reviewers_for(found)
    may_assign = not ended and may(reader, found.community, Permission.MANAGE_QUEUES)
    context = {
        "page": case_page(found, reader, now),
        "case": found,
        "form": form or _form(found, None),
        "now": now,
        "overdue": found.due < now and not ended,
        "ended": ended,
        "claimed": found.claimed_until is not None and found.claimed_until > now,
        "mine": found.claimed_by == reader,
        "blurred": wellbeing.is_blurred(found, comfort),
        "others": wellbeing.also_looking(reader, found, now),
        "pause": worked if comfort.break_after and worked >= comfort.break_after else 0,
        "within": WITHIN.days,
        "able": able if may_assign else (),
        "may_assign": may_assign,
        "may_rule": not ended and able.filter(pk=reader.pk).exists(),
    }
    return render(request, "review/case.html", context, status=status)


@require_safe
@permitted(Permission.READ_CASES)
@never_cache
def others(request: HttpRequest, number: int) -> HttpResponse:
    """Who else looks at the case, and whether it has changed since `?version=`."""
    now, reader, found = timezone.now(), person(request), find_case(number)
    wellbeing.look(reader, found, wellbeing.comfort_of(reader), now)
    context = {
        "case": found,
        "version": request.GET.get("version", ""),
        "changed": request.GET.get("version") != str(found.version),
        "others": wellbeing.also_looking(reader, found, now),
    }
    return render(request, "review/others.html", context)


@require_POST
@permitted(Permission.RULE_ON_CASES)
@never_cache
def rule(request: HttpRequest, number: int) -> HttpResponse:
    """Decide a case and go on to the next; a conflict shows the case again, with one's words."""
    found = find_case(number)
    form = _form(found, request.POST)
    if not form.is_valid():
        return _case(request, found, form, 422)
    bench = bench_of(request)
    try:
        version = form.cleaned_data["version"]
        rulings.rule(bench, number, version, form.answer, token_bytes(32))
    except AnswerError as error:
        form.add_error(error.field, _("The charter of this decision does not know that."))
        return _case(request, found, form, 422)
    except Mistake as mistake:
        messages.error(request, str(mistake))
        return _case(request, find_case(number), form, 409)
    messages.success(request, _("Case %(number)s is decided.") % {"number": number})
    following = piles.next_after(found, bench.person, bench.now)
    return redirect("case", following.pk) if following else redirect("queue", found.queue_id)


@require_POST
@permitted(Permission.RULE_IN_BULK)
@never_cache
def rule_campaign(request: HttpRequest, number: int) -> HttpResponse:
    """Decide a case and those like it."""
    found = find_case(number)
    form = _form(found, request.POST, CampaignForm)
    if not form.is_valid() or not isinstance(form, CampaignForm):
        return _case(request, found, form, 422)
    said = form.cleaned_data
    try:
        made = rulings.rule_campaign(
            bench_of(request), number, said["version"], form.answer, said["alike"], form.within
        )
    except AnswerError as error:
        form.add_error(error.field, _("The charter of this decision does not know that."))
        return _case(request, found, form, 422)
    except Mistake as mistake:
        messages.error(request, str(mistake))
        return _case(request, find_case(number), form, 409)
    messages.success(request, _("%(count)s cases are decided.") % {"count": len(made)})
    return redirect("queue", found.queue_id)


@require_POST
@permitted(Permission.MANAGE_QUEUES)
@never_cache
def assign(request: HttpRequest, number: int) -> HttpResponse:
    """Give a case to someone, or to whoever comes."""
    form = AssignForm(request.POST, claims.reviewers_for(find_case(number)))
    try:
        if form.is_valid():
            claims.assign(bench_of(request), number, form.cleaned_data["to"])
        else:
            messages.error(request, _("Choose one of those who can decide this case."))
    except Mistake as mistake:
        messages.error(request, str(mistake))
    return redirect("case", number)


_STEPS: Final[Mapping[str, Callable[[Bench, int], object]]] = {
    "claim": claims.claim,
    "release": claims.release,
    "recuse": claims.recuse,
}


@require_POST
@permitted(Permission.RULE_ON_CASES)
@never_cache
def act(request: HttpRequest, number: int, step: str) -> HttpResponse:
    """Claim a case, give it back, or leave it to others."""
    found = find_case(number)
    if step not in _STEPS:
        raise Http404
    try:
        _STEPS[step](bench_of(request), number)
    except Mistake as mistake:
        messages.error(request, str(mistake))
    if step == "recuse":
        messages.success(request, _("The case is left to others."))
        return redirect("queue", found.queue_id)
    return redirect("case", number)


def _form(found: Case, data: Any, form: type[AnswerForm] = AnswerForm) -> AnswerForm:
    language = found.language or readers_language()
    templates = Template.objects.filter(
        community=found.community, article__in=["", found.article]
    ).order_by("name")
    charter = charter_of(found)
    initial = {"version": found.version, "remedy": "", "article": found.article}
    return form(data, charter, templates, language, initial=initial)
