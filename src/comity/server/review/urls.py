"""The pages of this room."""

from django.urls import path

from comity.server.review.views import appeals, cases, juries, own, pictures, reports, setup

urlpatterns = [
    path("review", cases.queues, name="review"),
    path("review/queues/<int:number>", cases.queue, name="queue"),
    path("review/cases/<int:number>", cases.case, name="case"),
    path("review/cases/<int:number>/rule", cases.rule, name="rule"),
    path("review/cases/<int:number>/campaign", cases.rule_campaign, name="rule_campaign"),
    path("review/cases/<int:number>/others", cases.others, name="case_others"),
    path("review/cases/<int:number>/pictures/<int:place>", pictures.picture, name="case_picture"),
    path("review/cases/<int:number>/assign", cases.assign, name="case_assign"),
    path("review/cases/<int:number>/<str:step>", cases.act, name="case_step"),
    path("appeals", appeals.appeals, name="appeals"),
    path("appeals/<int:number>", appeals.decide, name="appeal_decide"),
    path("report", reports.report, name="report_post"),
    path("juries/serve", juries.serve, name="jury_serve"),
    path("juries/<int:number>", juries.hearing, name="jury"),
    path("juries/<int:number>/vote", juries.vote, name="jury_vote"),
    path("juries/<int:number>/decline", juries.decline, name="jury_decline"),
    path("review/guide", own.guide, name="review_guide"),
    path("review/exposure", own.exposure, name="exposure"),
    path("review/comfort", own.comfort, name="comfort"),
    path("review/templates", setup.templates, name="review_templates"),
    path("review/setup", setup.setup, name="review_setup"),
    path("review/setup/<int:number>", setup.setup, name="review_setup_queue"),
]
