from django.urls import path

from paicha.transfers.exported import views

urlpatterns = [
    path("transfers/exported", views.send, name="exported"),
    path("branches/<uuid:branch_id>/exported", views.send, name="branch-exported"),
    path("transfers/exported/<uuid:upload_id>", views.preview, name="exported-upload"),
    path("transfers/exported/<uuid:upload_id>/columns", views.columns, name="exported-columns"),
    path("transfers/exported/<uuid:upload_id>/words", views.words, name="exported-words"),
    path("transfers/exported/<uuid:upload_id>/discard", views.discard, name="exported-discard"),
]
