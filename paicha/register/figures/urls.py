from django.urls import path

from paicha.register.figures import views

# "annex2" itself is the desk's: while a campaign runs it shows the campaign's.
urlpatterns = [
    path("branches/<uuid:branch_id>/annex2.xlsx", views.export_annex2, name="annex2-export"),
    path("branches/<uuid:branch_id>/annex2/<str:letter>", views.people, name="annex2-people"),
]
