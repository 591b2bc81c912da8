"""What the pages about cases begin with: who acts, on which case, and whether they see it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from comity.server import runtime
from comity.server.members.access import person
from comity.server.review import wellbeing
from comity.server.review.appeals import Court
from comity.server.review.models import Case
from comity.server.review.parties import is_party
from comity.server.review.services.bench import Bench


def bench_of(request: HttpRequest) -> Bench:
    running = runtime.current()
    return Bench(person(request), running.community, running.signer, timezone.now())


def court_of(request: HttpRequest) -> Court:
    running = runtime.current()
    return Court(running.community, running.signer, timezone.now())


def find_case(number: int) -> Case:
    if number >= 2**63:  # larger numbers fit no database column
        raise Http404
    cases = Case.objects.select_related(
        "queue", "community", "event__decision", "claimed_by", "assigned_to"
    )
    return get_object_or_404(cases, pk=number, community=runtime.current().community)


def keep_out(request: HttpRequest, case: Case) -> HttpResponse | None:
    """The page for a reader who does not see this case; None, and a note of it, if they do."""
    reader = person(request)
    if is_party(reader, case):
        return render(request, "review/not_yours.html", {"case": case}, status=403)
    comfort = wellbeing.comfort_of(reader)
    if not wellbeing.look(reader, case, comfort, timezone.now()):
        return render(request, "review/enough.html", {"comfort": comfort})
    return None
