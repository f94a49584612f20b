from django.urls import path

from paicha.campaigns.checking.in_transit import views

urlpatterns = [
    path("units/<uuid:unit_id>/in-transit", views.of_unit, name="unit-in-transit"),
    path("campaigns/<uuid:campaign_id>/in-transit", views.of_campaign, name="campaign-in-transit"),
]
