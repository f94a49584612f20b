from django.urls import path

from paicha.campaigns.education.coverage import views

urlpatterns = [
    path("campaigns/<uuid:campaign_id>/education", views.education, name="campaign-education"),
    path("campaigns/<uuid:campaign_id>/education.xlsx", views.export, name="campaign-education-export"),
]
