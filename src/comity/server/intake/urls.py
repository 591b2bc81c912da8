"""The pages of this room."""

from django.urls import path

from comity.server.intake import views

urlpatterns = [
    path("live", views.live, name="live"),
    path("live/news", views.live_news, name="live_news"),
    path("decisions/<str:decision_id>", views.decision, name="decision"),
    path("try", views.try_it, name="try"),
]
