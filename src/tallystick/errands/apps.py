"""The room `errands` as a Django app."""

from django.apps import AppConfig


class ErrandsConfig(AppConfig):
    name = "tallystick.errands"
    label = "errands"
