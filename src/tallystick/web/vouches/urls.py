"""The addresses of vouches."""

from django.urls import path

from tallystick.web.vouches.page import by_referee, of_recipient, vouch, vouch_list

urlpatterns = [
    path("vouches", vouch_list, name="vouches"),
    path("vouches/give", vouch, name="vouch"),
    path("vouches/of/<path:name>", of_recipient, name="vouches-of"),
    path("vouches/by/<path:name>", by_referee, name="vouches-by"),
]
