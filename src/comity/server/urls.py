"""Which room answers which address."""

from django.urls import include, path

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("comity.server.members.urls")),
    path("", include("comity.server.intake.urls")),
    path("", include("comity.server.transparency.urls")),
]
