"""The room `authorisations` as a Django app."""

from django.apps import AppConfig


class AuthorisationsConfig(AppConfig):
    name = "tallystick.authorisations"
    label = "authorisations"
