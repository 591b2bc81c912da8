"""The pages of this room."""

from django.urls import path

from comity.server.transparency import measure_views, verdict_views, views

urlpatterns = [
    path("", views.home, name="home"),
    path("charter", views.charter, name="charter"),
    path("signals", views.signals, name="signals"),
    path("model", views.model, name="model"),
    path("ledger", views.ledger, name="ledger"),
    path("ledger/<int:index>", views.ledger_entry, name="ledger_entry"),
    path("ledger/<int:index>/proof", views.ledger_proof, name="ledger_proof"),
    path("verdicts", verdict_views.verdict_list, name="verdicts"),
    path("verdicts/<int:number>", verdict_views.verdict, name="verdict"),
    path("verdicts/<int:number>/draw.json", verdict_views.verdict_draw, name="verdict_draw"),
    path(
        "verdicts/<int:number>/checkpoint",
        verdict_views.verdict_checkpoint,
        name="verdict_checkpoint",
    ),
    path("measures", measure_views.measures, name="measures"),
    path("measures.csv", measure_views.measures_csv, name="measures_csv"),
    path("reports", measure_views.report_list, name="reports"),
    path("reports/<str:month>.json", measure_views.report_json, name="report_json"),
    path("reports/<str:month>", measure_views.report, name="report"),
]
