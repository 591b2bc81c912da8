"""The page of one picture of a post, which htmx puts into the page of the case."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from comity.server.members.access import permitted, person
from comity.server.members.permissions import Permission
from comity.server.review import pictures, wellbeing
from comity.server.review.views.common import find_case, keep_out


@require_safe
@permitted(Permission.READ_CASES)
@never_cache
def picture(request: HttpRequest, number: int, place: int) -> HttpResponse:
    """Fetch the picture at this place among those of the case."""
    case = find_case(number)
    kept_out = keep_out(request, case)
    if kept_out:
        return kept_out
    addresses = pictures.addresses(case)
    if place >= len(addresses):
        raise Http404
    url = addresses[place]
    comfort = wellbeing.comfort_of(person(request))
    context = {"case": case, "place": place, "url": url, "shown_as": comfort.pictures}
    try:
        context["picture"] = pictures.fetch(url, pictures.may_be_private(case.community, url))
    except pictures.NoPicture as none:
        context["why"] = none.why
    return render(request, "review/picture.html", context)
