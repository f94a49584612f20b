from django.urls import path

from paicha.register.unmasking import views

urlpatterns = [path("entries/<uuid:entry_id>/numbers", views.unmask, name="entry-numbers")]
