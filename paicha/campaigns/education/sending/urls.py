from django.urls import path

from paicha.campaigns.education.sending import views

urlpatterns = [
    path("units/<uuid:unit_id>/materials", views.materials, name="unit-materials"),
    path("units/<uuid:unit_id>/materials/acknowledge", views.acknowledge, name="unit-materials-acknowledge"),
    path("units/<uuid:unit_id>/materials/<uuid:sending_id>/withdraw", views.withdraw, name="unit-material-withdraw"),
    path(
        "units/<uuid:unit_id>/materials/<uuid:sending_id>/unacknowledge",
        views.unacknowledge,
        name="unit-material-unacknowledge",
    ),
]
