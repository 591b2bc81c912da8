"""Who acts on a page, as the services know them."""

from django.http import HttpRequest
from django.utils import timezone

from comity.server import runtime
from comity.server.members.access import person
from comity.server.review.services.bench import Bench


def bench_of(request: HttpRequest) -> Bench:
    running = runtime.current()
    return Bench(person(request), running.community, running.signer, timezone.now())
