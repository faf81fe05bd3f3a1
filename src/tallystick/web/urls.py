"""The addresses of the pages, and the pages for addresses that are none."""

from django.urls import path

from tallystick.web.hands.page import whose_hands_now

handler404 = "tallystick.web.page.not_found"
handler500 = "tallystick.web.page.fault"

urlpatterns = [path("", whose_hands_now, name="whose-hands-now")]
