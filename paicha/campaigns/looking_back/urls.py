from django.urls import path

from paicha.campaigns.looking_back import views

urlpatterns = [
    path("units/<uuid:unit_id>/look-back", views.look_back, name="unit-look-back"),
]
