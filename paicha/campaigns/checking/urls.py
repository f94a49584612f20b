from django.urls import path

from paicha.campaigns.checking import views

urlpatterns = [
    path("units/<uuid:unit_id>/check", views.check, name="unit-check"),
]
