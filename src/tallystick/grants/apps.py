"""The room `grants` as a Django app."""

from django.apps import AppConfig


class GrantsConfig(AppConfig):
    name = "tallystick.grants"
    label = "grants"
