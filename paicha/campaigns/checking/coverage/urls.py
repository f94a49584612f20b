from django.urls import path

from paicha.campaigns.checking.coverage import views

urlpatterns = [path("campaigns/<uuid:campaign_id>/coverage", views.coverage, name="campaign-coverage")]
