"""The addresses of the pages, as the pages themselves name them."""

from tallystick.web.condition.urls import urlpatterns as condition
from tallystick.web.desk.urls import urlpatterns as desk
from tallystick.web.door.urls import urlpatterns as door
from tallystick.web.entries.urls import urlpatterns as entries
from tallystick.web.find.urls import urlpatterns as find
from tallystick.web.records.urls import urlpatterns as records
from tallystick.web.sponsor.urls import urlpatterns as sponsor
from tallystick.web.staff.urls import urlpatterns as staff
from tallystick.web.today.urls import urlpatterns as today
from tallystick.web.urls import handler404, handler500
from tallystick.web.urls import urlpatterns as pages

urlpatterns = [*pages, *today, *sponsor, *find, *desk, *entries, *records, *staff, *door, *condition]

__all__ = ["handler404", "handler500", "urlpatterns"]
