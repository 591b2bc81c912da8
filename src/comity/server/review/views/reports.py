"""The page on which a member reports a post."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from comity.event import Event, write_events
from comity.server import runtime
from comity.server.members.access import permitted, person
from comity.server.members.identities import identities_of
from comity.server.members.mistake import Mistake
from comity.server.members.permissions import Permission
from comity.server.review import reporting
from comity.server.review.forms import ReportForm


@require_http_methods(["GET", "HEAD", "POST"])
@permitted(Permission.FILE_REPORTS)
@never_cache
def report(request: HttpRequest) -> HttpResponse:
    """Report a post; a platform's link brings `?source=` and `?post=` along."""
    reader, running, now = person(request), runtime.current(), timezone.now()
    sources = sorted({source for source, _member in identities_of(reader, running.community)})
    form = ReportForm(request.POST or None, running.charter, sources, initial=request.GET.dict())
    status = 200
    if form.is_valid():
        wish = reporting.Wish(**form.cleaned_data)
        try:
            reporting.report(reader, running.community, wish, _record, now)
        except Mistake as mistake:
            messages.error(request, str(mistake))
            status = 409
        else:
            messages.success(request, _("Thank you. People look at it; what they find is here."))
            return redirect("me")
    elif form.errors:
        status = 422
    context = {"form": form, "sources": sources}
    return render(request, "review/report.html", context, status=status)


def _record(event: Event) -> None:
    running = runtime.current()
    running.reporters.check([event], timezone.now())
    running.committer.commit(write_events([event]), 1)
