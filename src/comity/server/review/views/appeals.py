"""The page of appeals, for reviewers and stewards; what no jury can decide is decided there."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from comity.server.members.access import permitted
from comity.server.members.mistake import Mistake
from comity.server.members.permissions import Permission
from comity.server.review import appeals as services
from comity.server.review.docket import docket
from comity.server.review.forms import VoteForm
from comity.server.review.models import Appeal, Choice
from comity.server.review.views.common import bench_of


@require_safe
@permitted(Permission.READ_CASES)
@never_cache
def appeals(request: HttpRequest) -> HttpResponse:
    """Where each appeal stands."""
    return _page(request)


@require_POST
@permitted(Permission.DECIDE_APPEALS)
@never_cache
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Decide an appeal in the place of a jury."""
    form = VoteForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say whether the ruling stands, and why."))
        return _page(request, number, form, 422)
    said = form.cleaned_data
    try:
        services.decide(bench_of(request), number, Choice(said["choice"]), said["reason"])
    except Mistake as mistake:
        messages.error(request, str(mistake))
        return _page(request, number, form, 409)
    except (Appeal.DoesNotExist, OverflowError):
        raise Http404 from None
    messages.success(request, _("The appeal is decided."))
    return redirect("appeals")


def _page(
    request: HttpRequest, number: int = 0, form: VoteForm | None = None, status: int = 200
) -> HttpResponse:
    """`form` is what was sent about the appeal of that number."""
    waiting, ended = docket(bench_of(request))
    context = {"waiting": waiting, "ended": ended, "number": number, "form": form}
    return render(request, "review/appeals.html", context, status=status)
