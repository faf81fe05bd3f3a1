"""The addresses of the pages, as the pages themselves name them."""

from tallystick.web.urls import handler404, handler500, urlpatterns

__all__ = ["handler404", "handler500", "urlpatterns"]
