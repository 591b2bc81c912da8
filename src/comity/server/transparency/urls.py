"""The pages of this room."""

from django.urls import path

from comity.server.transparency import views

urlpatterns = [
    path("", views.home, name="home"),
    path("charter", views.charter, name="charter"),
    path("signals", views.signals, name="signals"),
    path("model", views.model, name="model"),
    path("ledger", views.ledger, name="ledger"),
    path("ledger/<int:index>", views.ledger_entry, name="ledger_entry"),
    path("ledger/<int:index>/proof", views.ledger_proof, name="ledger_proof"),
]
