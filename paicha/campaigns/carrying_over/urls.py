from django.urls import path

from paicha.campaigns.carrying_over import views

urlpatterns = [
    path("campaigns/<uuid:campaign_id>/carried-over", views.all_, name="campaign-carried-over"),
    path("units/<uuid:unit_id>/carried-over", views.unit, name="unit-carried-over"),
]
