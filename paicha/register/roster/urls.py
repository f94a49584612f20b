from django.urls import path

from paicha.register.roster import views
from paicha.register.roster.importing import views as importing

urlpatterns = [
    path("roster", importing.send, name="roster"),
    path("roster/prepared.zip", views.prepared_all, name="prepared-all"),
    path("roster/uploads/<uuid:upload_id>", importing.preview, name="roster-upload"),
    path("roster/uploads/<uuid:upload_id>/columns", importing.columns, name="roster-columns"),
    path("roster/uploads/<uuid:upload_id>/apply", importing.apply, name="roster-apply"),
    path("roster/uploads/<uuid:upload_id>/discard", importing.discard, name="roster-discard"),
    path("branches/<uuid:branch_id>/roster", views.roster, name="branch-roster"),
    path("branches/<uuid:branch_id>/roster/<uuid:member_id>/register", views.enter, name="roster-enter"),
    path("branches/<uuid:branch_id>/prepared.xlsx", views.prepared, name="prepared"),
]
