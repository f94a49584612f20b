from django.urls import path

from paicha.campaigns.updating import views

urlpatterns = [
    path("campaigns/<uuid:campaign_id>/updates", views.all_, name="campaign-updates"),
    path("units/<uuid:unit_id>/updates", views.unit, name="unit-updates"),
    path("units/<uuid:unit_id>/updates/file", views.file, name="unit-updates-file"),
]
