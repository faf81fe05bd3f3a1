"""The configuration as a Django app, which is where the system checks are registered."""

from django.apps import AppConfig


class ConfigurationConfig(AppConfig):
    name = "tallystick.config"
    label = "config"

    def ready(self) -> None:
        from tallystick.config import checks  # noqa: F401  (importing registers them)
