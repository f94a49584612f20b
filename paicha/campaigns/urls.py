"""The pages of campaigns, by package."""

from django.urls import include, path

from paicha.campaigns import views

urlpatterns = [
    path("", include("paicha.campaigns.deployment.urls")),
    path("", include("paicha.campaigns.consulting.urls")),
    path("", include("paicha.campaigns.checking.urls")),
    path("", include("paicha.campaigns.looking_back.urls")),
    path("", include("paicha.campaigns.education.urls")),
    path("", include("paicha.campaigns.reports.urls")),
    path("", include("paicha.campaigns.figures.urls")),
    path("", include("paicha.campaigns.updating.urls")),
    path("", include("paicha.campaigns.review.urls")),
    path("", include("paicha.campaigns.carrying_over.urls")),
    path("", include("paicha.campaigns.supervision.urls")),
    path("campaigns/<uuid:campaign_id>", views.campaign, name="campaign"),
    path("units/<uuid:unit_id>", views.unit, name="unit"),
]
