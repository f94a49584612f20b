from django.urls import path

from paicha.campaigns.education import views

urlpatterns = [
    path("units/<uuid:unit_id>/education", views.education, name="unit-education"),
    path(
        "units/<uuid:unit_id>/education/<uuid:participation_id>/withdraw",
        views.withdraw,
        name="unit-education-withdraw",
    ),
]
