"""The pages of reviewers: the queues, a queue, a case, what one wants to be spared."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from secrets import token_bytes
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comity.server import runtime
from comity.server.console.words import readers_language
from comity.server.members.access import permitted, person
from comity.server.members.mistake import Mistake
from comity.server.members.permissions import Permission, may
from comity.server.review import piles, wellbeing
from comity.server.review.answer import AnswerError
from comity.server.review.case_page import WITHIN, case_page
from comity.server.review.charters import charter_of
from comity.server.review.forms import (
    AnswerForm,
    CampaignForm,
    ComfortForm,
    QueueForm,
    TemplateForm,
    hours,
)
from comity.server.review.models import ENDED, Case, Queue, Template
from comity.server.review.parties import is_party
from comity.server.review.services import claims, rulings
from comity.server.review.services import queues as queue_services
from comity.server.review.services.bench import Bench
from comity.server.review.services.templates import add_template, remove_template


@require_safe
@permitted(Permission.READ_CASES)
@never_cache
def queues(request: HttpRequest) -> HttpResponse:
    """How many cases wait where, and how many for too long."""
    glances = piles.glances(runtime.current().community, timezone.now())
    return render(request, "review/queues.html", {"glances": glances})


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
    comfort, charter = wellbeing.comfort_of(reader), runtime.current().charter
    language = readers_language()
    context = {
        "queue": found,
        "rows": [piles.row(case, comfort, charter, now, language) for case in listed],
        "more": more,
        "now": now,
    }
    return render(request, "review/queue.html", context)


@require_safe
@permitted(Permission.READ_CASES)
@never_cache
def case(request: HttpRequest, number: int) -> HttpResponse:
    return _case(request, _find(number), None)


def _case(
    request: HttpRequest, found: Case, form: AnswerForm | None, status: int = 200
) -> HttpResponse:
    """The page of a case, or why this reader does not see it."""
    now, reader = timezone.now(), person(request)
    if is_party(reader, found):
        return render(request, "review/not_yours.html", {"case": found}, status=403)
    comfort = wellbeing.comfort_of(reader)
    if not wellbeing.look(reader, found, comfort, now):
        return render(request, "review/enough.html", {"comfort": comfort})
    begun = wellbeing.working_since(reader, now)
    worked = int((now - begun).total_seconds()) // 60
    ended = found.state in ENDED
    context = {
        "page": case_page(found, reader, now),
        "case": found,
        "form": form or _form(found, None),
        "now": now,
        "overdue": found.due < now and not ended,
        "ended": ended,
        "claimed": found.claimed_until is not None and found.claimed_until > now,
        "mine": found.claimed_by == reader,
        "hard": wellbeing.is_hard(found, comfort),
        "others": wellbeing.also_looking(reader, found, now),
        "pause": worked if comfort.break_after and worked >= comfort.break_after else 0,
        "within": WITHIN.days,
        "may_rule": may(reader, found.community, Permission.RULE_ON_CASES) and not ended,
    }
    return render(request, "review/case.html", context, status=status)


@require_safe
@permitted(Permission.READ_CASES)
@never_cache
def others(request: HttpRequest, number: int) -> HttpResponse:
    """Who else looks at the case, and whether it has changed since `?version=`."""
    now, reader, found = timezone.now(), person(request), _find(number)
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
    found = _find(number)
    form = _form(found, request.POST)
    if not form.is_valid():
        return _case(request, found, form, 422)
    bench = _bench(request)
    try:
        version = form.cleaned_data["version"]
        rulings.rule(bench, number, version, form.answer, token_bytes(32))
    except AnswerError as error:
        form.add_error(error.field, _("The charter of this decision does not know that."))
        return _case(request, found, form, 422)
    except Mistake as mistake:
        messages.error(request, str(mistake))
        return _case(request, _find(number), form, 409)
    messages.success(request, _("Case %(number)s is decided.") % {"number": number})
    following = piles.next_after(found, bench.person, bench.now)
    return redirect("case", following.pk) if following else redirect("queue", found.queue_id)


@require_POST
@permitted(Permission.RULE_IN_BULK)
@never_cache
def rule_campaign(request: HttpRequest, number: int) -> HttpResponse:
    """Decide a case and those like it."""
    found = _find(number)
    form = _form(found, request.POST, CampaignForm)
    if not form.is_valid() or not isinstance(form, CampaignForm):
        return _case(request, found, form, 422)
    said = form.cleaned_data
    try:
        made = rulings.rule_campaign(
            _bench(request), number, said["version"], form.answer, said["alike"], form.within
        )
    except AnswerError as error:
        form.add_error(error.field, _("The charter of this decision does not know that."))
        return _case(request, found, form, 422)
    except Mistake as mistake:
        messages.error(request, str(mistake))
        return _case(request, _find(number), form, 409)
    messages.success(request, _("%(count)s cases are decided.") % {"count": len(made)})
    return redirect("queue", found.queue_id)


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
    found = _find(number)
    if step not in _STEPS:
        raise Http404
    try:
        _STEPS[step](_bench(request), number)
    except Mistake as mistake:
        messages.error(request, str(mistake))
    if step == "recuse":
        messages.success(request, _("The case is left to others."))
        return redirect("queue", found.queue_id)
    return redirect("case", number)


@require_http_methods(["GET", "HEAD", "POST"])
@permitted(Permission.RULE_ON_CASES)
@never_cache
def comfort(request: HttpRequest) -> HttpResponse:
    """What the reader wants to be spared."""
    now, reader = timezone.now(), person(request)
    form = ComfortForm(request.POST or None)
    if form.is_valid():
        wellbeing.save_comfort(reader, wellbeing.Wish(**form.cleaned_data))
        messages.success(request, _("Kept."))
        return redirect("comfort")
    found = wellbeing.comfort_of(reader)
    context = {"comfort": found, "form": form, "today": wellbeing.hard_today(reader, found, now)}
    return render(request, "review/comfort.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@permitted(Permission.MANAGE_QUEUES)
@never_cache
def setup(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """The stewards' page: which queues there are, and what goes to each."""
    running = runtime.current()
    form = QueueForm(request.POST or None, running.charter)
    if request.method == "POST":
        try:
            if _set_up(request, number, form):
                return redirect("review_setup")
        except Mistake as mistake:
            messages.error(request, str(mistake))
        except Queue.DoesNotExist:
            raise Http404 from None
    context = {
        "glances": piles.glances(running.community, timezone.now()),
        "articles": [article.id for article in running.charter.articles],
        "form": form,
    }
    return render(request, "review/setup.html", context, status=422 if form.errors else 200)


def _set_up(request: HttpRequest, number: int | None, form: QueueForm) -> bool:
    """Do what the stewards' page asks for; False if the form is not whole."""
    bench, wish = _bench(request), request.POST.get("wish", "save")
    if wish == "remove" and number is not None:
        queue_services.remove_queue(bench, number)
        return True
    if wish in ("up", "down") and number is not None:
        queue_services.move_queue(bench, number, wish == "up")
        return True
    if not form.is_valid():
        return False
    said = form.cleaned_data
    languages = [tag.strip() for tag in said["languages"].split(",") if tag.strip()]
    rules = queue_services.Rules(said["name"].strip(), said["articles"], languages)
    rules = replace(
        rules, severity=said["severity"], age=hours(said["age"]), due=hours(said["due"])
    )
    queue_services.save_queue(bench, number, rules)
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@permitted(Permission.MANAGE_QUEUES)
@never_cache
def templates(request: HttpRequest) -> HttpResponse:
    """The stewards' page of words for reasons."""
    running, bench = runtime.current(), _bench(request)
    removed = request.POST.get("remove", "")
    if removed.isdecimal() and len(removed) < 19:
        remove_template(bench, int(removed))
        return redirect("review_templates")
    form = TemplateForm(request.POST or None, running.charter)
    try:
        if form.is_valid():
            said = form.cleaned_data
            add_template(bench, said["name"], said["article"], form.texts)
            return redirect("review_templates")
    except Mistake as mistake:
        messages.error(request, str(mistake))
    context = {
        "templates": Template.objects.filter(community=running.community).order_by("name"),
        "form": form,
        "texts": [form[f"text-{tag}"] for tag in running.charter.languages],
    }
    return render(request, "review/templates.html", context)


def _find(number: int) -> Case:
    if number >= 2**63:  # larger numbers fit no database column
        raise Http404
    cases = Case.objects.select_related(
        "queue", "community", "event__decision", "claimed_by", "assigned_to"
    )
    return get_object_or_404(cases, pk=number, community=runtime.current().community)


def _form(found: Case, data: Any, form: type[AnswerForm] = AnswerForm) -> AnswerForm:
    language = found.language or readers_language()
    templates = Template.objects.filter(
        community=found.community, article__in=["", found.article]
    ).order_by("name")
    charter = charter_of(found)
    initial = {"version": found.version, "remedy": "", "article": found.article}
    return form(data, charter, templates, language, initial=initial)


def _bench(request: HttpRequest) -> Bench:
    running = runtime.current()
    return Bench(person(request), running.community, running.signer, timezone.now())
