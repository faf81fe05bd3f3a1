"""The address of the box in which a code or a reference is looked for."""

from django.urls import path

from tallystick.web.find.page import find

urlpatterns = [path("find", find, name="find")]
