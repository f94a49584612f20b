from django.urls import path

from paicha.campaigns.supervision.chasing import views

urlpatterns = [
    path("campaigns/<uuid:campaign_id>/chase", views.chase, name="campaign-chase"),
    path("campaigns/<uuid:campaign_id>/chasings", views.of_office, name="campaign-chasings"),
    path("campaigns/<uuid:campaign_id>/chasings.zip", views.documents, name="campaign-chasings-documents"),
    path("units/<uuid:unit_id>/chasings", views.of_branch, name="unit-chasings"),
    path("chasings/<uuid:chasing_id>", views.one, name="chasing"),
    path("chasings/<uuid:chasing_id>.docx", views.document, name="chasing-document"),
]
