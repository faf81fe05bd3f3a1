"""The pages for addresses that are none, beside the addresses that are."""

from tallystick.web.hands.urls import urlpatterns

handler404 = "tallystick.web.page.not_found"
handler500 = "tallystick.web.page.fault"

__all__ = ["handler404", "handler500", "urlpatterns"]
