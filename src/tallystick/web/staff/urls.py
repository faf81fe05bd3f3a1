"""Where a lead says who may sign in."""

from django.urls import path

from tallystick.web.staff.page import programs, staff, staff_member

urlpatterns = [
    path("staff", staff, name="staff"),
    path("staff/programs", programs, name="programs"),  # in small letters, as no member's name is
    path("staff/<str:name>", staff_member, name="staff-member"),
]
