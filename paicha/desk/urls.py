from django.urls import path

from paicha.desk import views

urlpatterns = [
    path("", views.home, name="home"),
    path("overview", views.overview, name="overview"),
    path("overview/annex2-all.xlsx", views.annex2_all, name="annex2-all"),
    path("overview/annex2.xlsx", views.annex2_report, name="annex2-report"),
]
