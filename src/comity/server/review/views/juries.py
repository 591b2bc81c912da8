"""The pages of jurors: being willing, hearing an appeal, voting, leaving the seat to another."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from comity.server import runtime
from comity.server.console.words import readers_language
from comity.server.members.access import person, signed_in
from comity.server.members.mistake import Mistake
from comity.server.review import appeals, wellbeing
from comity.server.review.appeals.voting import seat_of
from comity.server.review.forms import VoteForm
from comity.server.review.models import Choice, Seat, Verdict
from comity.server.review.views.common import court_of


@require_safe
@signed_in
@never_cache
def hearing(request: HttpRequest, number: int) -> HttpResponse:
    """What a juror hears; once the jury has decided, what."""
    return _hearing(request, _seat(request, number), VoteForm())


@require_POST
@signed_in
@never_cache
def vote(request: HttpRequest, number: int) -> HttpResponse:
    """Vote, with a reason. What was written is shown again where it cannot be kept."""
    seat, form = _seat(request, number), VoteForm(request.POST)
    if not form.is_valid():
        return _hearing(request, seat, form, 422)
    said = form.cleaned_data
    try:
        choice = Choice(said["choice"])
        appeals.vote(court_of(request), person(request), number, choice, said["reason"])
    except Mistake as mistake:
        messages.error(request, str(mistake))
        return _hearing(request, _seat(request, number), form, 409)
    messages.success(request, _("Thank you. Your vote counts, and stays as it was cast."))
    return redirect("jury", number)


@require_POST
@signed_in
@never_cache
def decline(request: HttpRequest, number: int) -> HttpResponse:
    """Leave the seat to another member."""
    seat = _seat(request, number)
    try:
        appeals.decline(
            court_of(request), person(request), seat.pk, request.POST.get("reason", "")[:2_000]
        )
    except Mistake as mistake:
        messages.error(request, str(mistake))
    return redirect("jury", number)


@require_POST
@signed_in
@never_cache
def serve(request: HttpRequest) -> HttpResponse:
    """Be willing to serve, in the chosen languages, or no more."""
    reader, community = person(request), runtime.current().community
    try:
        if "stop" in request.POST:
            appeals.stand_down(reader, community)
        else:
            languages = request.POST.getlist("languages")
            appeals.volunteer(reader, community, languages, timezone.now())
    except Mistake as mistake:
        messages.error(request, str(mistake))
    else:
        messages.success(request, _("Kept."))
    return redirect("me")


def _seat(request: HttpRequest, number: int) -> Seat:
    if number >= 2**63:  # larger numbers fit no database column
        raise Http404
    return seat_of(person(request), runtime.current().community, number)


def _hearing(request: HttpRequest, seat: Seat, form: VoteForm, status: int = 200) -> HttpResponse:
    community, now = runtime.current().community, timezone.now()
    verdict = Verdict.objects.filter(appeal=seat.jury.appeal_id).first()
    context: dict[str, Any] = {"seat": seat, "verdict": verdict, "form": form, "now": now}
    if verdict and not verdict.steward_id:
        voted = seat.jury.seats.exclude(choice="").order_by("lot")
        context["reasons"] = voted.values_list("choice", "reason")
    try:
        heard = appeals.hearing(seat.person, community, seat.pk, readers_language())
        context["heard"] = heard
        context["blurred"] = seat.jury.appeal.case.score >= wellbeing.HARD
    except Mistake as over:
        context["over"] = over
    return render(request, "review/hearing.html", context, status=status)
