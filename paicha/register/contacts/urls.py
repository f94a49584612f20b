from django.urls import path

from paicha.register.contacts import views

urlpatterns = [
    path("follow-ups", views.follow_ups, name="follow-ups"),
    path("entries/<uuid:entry_id>/contacts", views.contacts, name="entry-contacts"),
    path("entries/<uuid:entry_id>/contact-person", views.contact_person, name="entry-contact-person"),
    path("contacts/<uuid:contact_id>/withdraw", views.withdraw, name="contact-withdraw"),
]
