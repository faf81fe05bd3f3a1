"""The room `corridors` as a Django app."""

from django.apps import AppConfig


class CorridorsConfig(AppConfig):
    name = "tallystick.corridors"
    label = "corridors"
