from django.urls import include, path

from paicha.campaigns.education import views

urlpatterns = [
    path("", include("paicha.campaigns.education.coverage.urls")),
    path("", include("paicha.campaigns.education.sending.urls")),
    path("units/<uuid:unit_id>/education.xlsx", views.export, name="unit-education-export"),
    path("units/<uuid:unit_id>/education", views.education, name="unit-education"),
    path(
        "units/<uuid:unit_id>/education/<uuid:participation_id>/withdraw",
        views.withdraw,
        name="unit-education-withdraw",
    ),
]
