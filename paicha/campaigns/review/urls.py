from django.urls import path

from paicha.campaigns.review import views

urlpatterns = [
    path("campaigns/<uuid:campaign_id>/review", views.queue, name="campaign-review"),
    path("campaigns/<uuid:campaign_id>/sum", views.sums, name="campaign-sum"),
    path("campaigns/<uuid:campaign_id>/annex2.xlsx", views.annex2, name="campaign-annex2"),
    path("campaigns/<uuid:campaign_id>/package", views.upward, name="campaign-package"),
    path("submissions/<uuid:submission_id>/review", views.review, name="submission-review"),
    path("submissions/<uuid:submission_id>/figures/<str:letter>", views.figure, name="submission-figure"),
    path("submissions/<uuid:submission_id>/approve", views.approve, name="submission-approve"),
    path("submissions/<uuid:submission_id>/return", views.send_back, name="submission-return"),
    path("submissions/<uuid:submission_id>/reopen", views.reopen, name="submission-reopen"),
]
