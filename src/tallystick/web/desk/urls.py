"""The addresses of the desk."""

from django.urls import path

from tallystick.web.desk.page import draft, inbox

urlpatterns = [
    path("waiting", inbox, name="inbox"),
    path("waiting/<int:number>", draft, name="draft"),
]
