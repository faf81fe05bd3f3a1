"""Where a monitoring program asks."""

from django.urls import path

from tallystick.web.condition.page import health, live, metrics

urlpatterns = [
    path("health", health, name="health"),
    path("health/live", live, name="health-live"),
    path("metrics", metrics, name="metrics"),
]
