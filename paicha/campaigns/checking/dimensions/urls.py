from django.urls import path

from paicha.campaigns.checking.dimensions import views

urlpatterns = [
    path("units/<uuid:unit_id>/dimensions", views.of_unit, name="unit-dimensions"),
    path(
        "units/<uuid:unit_id>/dimensions/<str:dimension>/<str:band>", views.of_unit_people, name="unit-dimension-people"
    ),
    path("campaigns/<uuid:campaign_id>/dimensions", views.of_campaign, name="campaign-dimensions"),
    path(
        "campaigns/<uuid:campaign_id>/dimensions/<str:dimension>/<str:band>",
        views.of_campaign_people,
        name="campaign-dimension-people",
    ),
]
