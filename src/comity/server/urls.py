"""Which room answers which address."""

from django.urls import include, path

from comity.server import ops
from comity.server.api import api

urlpatterns = [
    path("v1/", api.urls),
    path("", include("comity.server.perspective.urls")),
    path("healthz", ops.healthz),
    path("metrics", ops.show_metrics),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("comity.server.console.urls")),
    path("", include("comity.server.members.urls")),
    path("", include("comity.server.intake.urls")),
    path("", include("comity.server.review.urls")),
    path("", include("comity.server.review.statements.urls")),
    path("", include("comity.server.transparency.urls")),
    path("", include("comity.server.learning.urls")),
]
handler403 = "comity.server.console.views.refuse"
