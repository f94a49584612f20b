from django.urls import path

from paicha.campaigns.review import views

urlpatterns = [
    path("submissions/<uuid:submission_id>/decide", views.decide, name="submission-decide"),
    path("submissions/<uuid:submission_id>/reopen", views.reopen, name="submission-reopen"),
    path("campaigns/<uuid:campaign_id>/annex2.xlsx", views.annex2, name="campaign-annex2"),
]
