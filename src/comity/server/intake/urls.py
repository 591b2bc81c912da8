"""The pages of this room."""

from django.urls import path

from comity.server.intake import platform_views, views

urlpatterns = [
    path("live", views.live, name="live"),
    path("live/news", views.live_news, name="live_news"),
    path("decisions/<str:decision_id>", views.decision, name="decision"),
    path("try", views.try_it, name="try"),
    path("platforms", platform_views.platforms, name="platforms"),
    path("platforms/keys", platform_views.add_key, name="add_key"),
    path("platforms/keys/<int:pk>/revoke", platform_views.revoke_key, name="revoke_key"),
    path("platforms/webhooks", platform_views.add_webhook, name="add_webhook"),
    path("platforms/webhooks/<int:pk>", platform_views.webhook, name="webhook"),
    path(
        "platforms/webhooks/<int:pk>/remove", platform_views.remove_webhook, name="remove_webhook"
    ),
    path(
        "platforms/webhooks/<int:pk>/messages/<int:delivery>",
        platform_views.send_again,
        name="send_again",
    ),
]
