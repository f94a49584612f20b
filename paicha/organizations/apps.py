"""Connects the app to Django's own events."""

from django.apps import AppConfig


class Organizations(AppConfig):
    name = "paicha.organizations"

    def ready(self) -> None:
        from paicha.organizations import signals

        signals.connect()
