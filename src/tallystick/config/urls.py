"""The addresses of the pages, as the pages themselves name them."""

from tallystick.api.urls import urlpatterns as api
from tallystick.web.codes.urls import urlpatterns as codes
from tallystick.web.condition.urls import urlpatterns as condition
from tallystick.web.corridors.urls import urlpatterns as corridors
from tallystick.web.desk.urls import urlpatterns as desk
from tallystick.web.door.urls import urlpatterns as door
from tallystick.web.entries.urls import urlpatterns as entries
from tallystick.web.errands.urls import urlpatterns as errands
from tallystick.web.find.urls import urlpatterns as find
from tallystick.web.grants.urls import urlpatterns as grants
from tallystick.web.losses.urls import urlpatterns as losses
from tallystick.web.papers.urls import urlpatterns as papers
from tallystick.web.parties.urls import urlpatterns as parties
from tallystick.web.pay_orders.urls import urlpatterns as pay_orders
from tallystick.web.payouts.urls import urlpatterns as payouts
from tallystick.web.records.urls import urlpatterns as records
from tallystick.web.sponsor.urls import urlpatterns as sponsor
from tallystick.web.staff.urls import urlpatterns as staff
from tallystick.web.tallies.urls import urlpatterns as tallies
from tallystick.web.today.urls import urlpatterns as today
from tallystick.web.urls import handler404, handler500
from tallystick.web.urls import urlpatterns as pages
from tallystick.web.ventures.urls import urlpatterns as ventures
from tallystick.web.vouches.urls import urlpatterns as vouches

urlpatterns = [
    *pages,
    *today,
    *sponsor,
    *find,
    *desk,
    *entries,
    *records,
    *errands,
    *tallies,
    *losses,
    *pay_orders,
    *papers,
    *grants,
    *codes,
    *payouts,
    *corridors,
    *parties,
    *ventures,
    *vouches,
    *staff,
    *door,
    *condition,
    *api,
]

__all__ = ["handler404", "handler500", "urlpatterns"]
