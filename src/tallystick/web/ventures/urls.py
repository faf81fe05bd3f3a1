"""The addresses of ventures."""

from django.urls import path

from tallystick.web.ventures.page import venture, venture_end, venture_kind, venture_list, venture_survival, visit

urlpatterns = [
    path("ventures", venture_list, name="ventures"),
    path("ventures/survival", venture_survival, name="venture-survival"),
    path("ventures/visit", visit, name="visit"),
    path("ventures/kind", venture_kind, name="venture-kind"),
    path("ventures/end", venture_end, name="venture-end"),
    path("ventures/of/<path:name>", venture, name="venture"),
]
