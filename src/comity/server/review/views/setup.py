"""The stewards' pages: which queues there are, and the words that reviewers give as reasons."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from comity.server import runtime
from comity.server.members.access import permitted
from comity.server.members.mistake import Mistake
from comity.server.members.permissions import Permission
from comity.server.review import piles
from comity.server.review.forms import QueueForm, TemplateForm, hours
from comity.server.review.models import Queue, Template
from comity.server.review.services import queues as queue_services
from comity.server.review.services.templates import add_template, remove_template
from comity.server.review.views.common import bench_of


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
    bench, wish = bench_of(request), request.POST.get("wish", "save")
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
    running, bench = runtime.current(), bench_of(request)
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
