"""The room `journal` as a Django app."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "tallystick.journal"
    label = "journal"
