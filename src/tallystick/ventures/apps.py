"""The room `ventures` as a Django app."""

from django.apps import AppConfig


class VenturesConfig(AppConfig):
    name = "tallystick.ventures"
    label = "ventures"
