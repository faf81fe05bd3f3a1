"""The address of what was delivered."""

from django.urls import path

from tallystick.web.sponsor.page import delivered

urlpatterns = [path("delivered", delivered, name="delivered")]
