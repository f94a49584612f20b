from django.urls import path

from paicha.campaigns.supervision.inspecting import views

urlpatterns = [
    path("campaigns/<uuid:campaign_id>/inspections", views.all_, name="campaign-inspections"),
    path("inspections/<uuid:inspection_id>", views.one, name="inspection"),
    path("inspections/<uuid:inspection_id>/sheet", views.sheet, name="inspection-sheet"),
    path("units/<uuid:unit_id>/inspections", views.of_branch, name="unit-inspections"),
]
