"""The outlets as a Django application: says to the drafts' room who was given a release."""

from importlib import import_module

from django.apps import AppConfig


class OutletsApp(AppConfig):
    """Ready once the rows of every room are known."""

    name = "pasokh.newsroom.outlets"

    def ready(self) -> None:
        """Let whoever got a release from here hear of its corrections."""
        # Rows may be imported only now: Django's way of joining two applications.
        alerts = import_module("pasokh.newsroom.outlets.alerts")
        telling = import_module("pasokh.newsroom.drafts.telling")
        telling.KNOW.append(alerts.receivers_of)
        telling.KNOW_EARLY.append(alerts.early_readers_of)
        telling.KNOW_ALLOWED.append(alerts.allowed_early)
