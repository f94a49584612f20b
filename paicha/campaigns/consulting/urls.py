from django.urls import path

from paicha.campaigns.consulting import views

urlpatterns = [
    path("units/<uuid:unit_id>/consultations", views.of_branch, name="unit-consultations"),
    path("campaigns/<uuid:campaign_id>/consultations", views.of_office, name="campaign-consultations"),
    path("consultations/<uuid:consultation_id>", views.one, name="consultation"),
    path("consultations/<uuid:consultation_id>/withdraw", views.withdraw, name="consultation-withdraw"),
]
