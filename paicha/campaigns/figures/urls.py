from django.urls import path

from paicha.campaigns.figures import views

urlpatterns = [
    path("units/<uuid:unit_id>/annex2", views.annex2, name="unit-annex2"),
    path("units/<uuid:unit_id>/annex2.xlsx", views.export, name="unit-annex2-export"),
    path("units/<uuid:unit_id>/annex2-change.xlsx", views.export_change, name="unit-annex2-change"),
    path("units/<uuid:unit_id>/annex2/<str:letter>", views.people, name="unit-annex2-people"),
]
