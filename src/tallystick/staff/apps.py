"""The room `staff` as a Django app."""

from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "tallystick.staff"
    label = "staff"
