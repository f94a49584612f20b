from django.urls import path

from paicha.register.importing import views

urlpatterns = [
    path("uploads", views.send, name="send"),
    path("branches/<uuid:branch_id>/uploads", views.send, name="branch-send"),
    path("uploads/<uuid:upload_id>", views.preview, name="upload"),
    path("uploads/<uuid:upload_id>/apply", views.apply, name="upload-apply"),
    path("uploads/<uuid:upload_id>/discard", views.discard, name="upload-discard"),
    path("uploads/<uuid:upload_id>/returns.zip", views.returns, name="upload-returns"),
]
