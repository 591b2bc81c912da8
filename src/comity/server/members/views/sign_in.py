"""The pages of signing in and out."""

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from comity.server import runtime
from comity.server.members import services
from comity.server.members.models import Person
from comity.server.members.permissions import Permission, may


@require_GET
def ask_for_link(request: HttpRequest) -> HttpResponse:
    """Say how one gets in, to someone who came without a link."""
    return render(request, "members/sign_in.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show a button; only pressing it uses the link up, so that previews of it do no harm."""
    now = timezone.now()
    if request.method == "POST":
        person = services.use_sign_in_link(token, now)
        if person:
            login(request, person)
            return redirect(_landing(person))
    else:
        person = services.person_of_link(token, now)
    status = 200 if person else 410
    return render(
        request, "members/sign_in.html", {"token": token, "person": person}, status=status
    )


def _landing(person: Person) -> str:
    """The page that someone finds themselves on after signing in."""
    watches = may(person, runtime.current().community, Permission.READ_DECISIONS)
    return "live" if watches else "me"


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("home")
