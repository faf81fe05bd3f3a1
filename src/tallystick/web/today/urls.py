"""The address of today's page."""

from django.urls import path

from tallystick.web.today.page import today

urlpatterns = [path("today", today, name="today")]
