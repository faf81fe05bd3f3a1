"""The room `handovers` as a Django app."""

from django.apps import AppConfig


class HandoversConfig(AppConfig):
    name = "tallystick.handovers"
    label = "handovers"
