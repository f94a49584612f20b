from django.urls import path

from paicha.campaigns.supervision.circulating import views

urlpatterns = [
    path("campaigns/<uuid:campaign_id>/circulars", views.all_, name="campaign-circulars"),
    path("circulars/<uuid:circular_id>", views.one, name="circular"),
    path("circulars/<uuid:circular_id>/redraft", views.redraft, name="circular-redraft"),
    path("circulars/<uuid:circular_id>.docx", views.document, name="circular-document"),
]
