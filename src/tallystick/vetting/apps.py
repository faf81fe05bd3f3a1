"""The room `vetting` as a Django app."""

from django.apps import AppConfig


class VettingConfig(AppConfig):
    name = "tallystick.vetting"
    label = "vetting"
