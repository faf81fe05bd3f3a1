"""The addresses of grants."""

from django.urls import path

from tallystick.web.grants.lists import grants, promised
from tallystick.web.grants.one import grant
from tallystick.web.grants.wishes import cancellation, covenant, covenant_seen, promise, release

urlpatterns = [
    path("grants", grants, name="grants"),
    path("grants/promised", promised, name="promised"),
    path("grants/promise", promise, name="promise"),
    path("grants/release", release, name="release"),
    path("grants/cancel", cancellation, name="cancellation"),
    path("grants/covenant", covenant, name="covenant"),
    path("grants/covenant/seen", covenant_seen, name="covenant-seen"),
    path("grants/of/<path:code>", grant, name="grant"),
]
