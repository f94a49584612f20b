"""The pages of supervision, by instrument."""

from django.urls import include, path

urlpatterns = [
    path("", include("paicha.campaigns.supervision.chasing.urls")),
    path("", include("paicha.campaigns.supervision.inspecting.urls")),
    path("", include("paicha.campaigns.supervision.visiting.urls")),
    path("", include("paicha.campaigns.supervision.circulating.urls")),
]
