"""The pages of signing in and out; allauth has the forms of passwords and second factors."""

from typing import Any

from allauth.account.utils import perform_login
from allauth.account.views import LoginView
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.openid_connect.views import login as to_provider
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from comity.server.members import services


class SignIn(LoginView):
    """Every way in: a form for a password, a button for each provider, and how to get a link."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        providers = get_adapter().list_providers(self.request)
        return {**super().get_context_data(**kwargs), "providers": providers}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show a button; only pressing it uses the link up, so that previews of it do no harm."""
    now = timezone.now()
    if request.method == "POST":
        person = services.use_sign_in_link(token, now)
        if person:
            logout(request)  # whoever was signed in on this browser before
            answer: HttpResponse = perform_login(request, person, email_verification="none")
            return answer
    else:
        person = services.person_of_link(token, now)
    status = 200 if person else 410
    return render(
        request, "members/sign_in.html", {"token": token, "person": person}, status=status
    )


@require_POST
def by_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send the browser to a provider, by a page that does: the policy lets no form lead away."""
    response: HttpResponse = to_provider(request, provider_id)
    away = response.headers.get("Location")
    if away is None or away.startswith("/"):
        return response
    page = render(request, "members/away.html", {"away": away})
    page.headers["Refresh"] = f"0; url={away}"
    return page


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("home")
