"""The addresses of the pages, as the pages themselves name them."""

from tallystick.web.codes.urls import urlpatterns as codes
from tallystick.web.condition.urls import urlpatterns as condition
from tallystick.web.desk.urls import urlpatterns as desk
from tallystick.web.door.urls import urlpatterns as door
from tallystick.web.entries.urls import urlpatterns as entries
from tallystick.web.payouts.urls import urlpatterns as payouts
from tallystick.web.staff.urls import urlpatterns as staff
from tallystick.web.urls import handler404, handler500
from tallystick.web.urls import urlpatterns as pages

urlpatterns = [*pages, *desk, *entries, *codes, *payouts, *staff, *door, *condition]

__all__ = ["handler404", "handler500", "urlpatterns"]
