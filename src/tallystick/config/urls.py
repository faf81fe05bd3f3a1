"""The addresses of the pages, as the pages themselves name them."""

from tallystick.web.condition.urls import urlpatterns as condition
from tallystick.web.corridors.urls import urlpatterns as corridors
from tallystick.web.desk.urls import urlpatterns as desk
from tallystick.web.door.urls import urlpatterns as door
from tallystick.web.entries.urls import urlpatterns as entries
from tallystick.web.parties.urls import urlpatterns as parties
from tallystick.web.staff.urls import urlpatterns as staff
from tallystick.web.urls import handler404, handler500
from tallystick.web.urls import urlpatterns as pages

urlpatterns = [*pages, *desk, *entries, *corridors, *parties, *staff, *door, *condition]

__all__ = ["handler404", "handler500", "urlpatterns"]
