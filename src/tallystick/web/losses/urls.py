"""The addresses of losses."""

from django.urls import path

from tallystick.web.losses.page import answer, loss, losses_and_answers, recovery

urlpatterns = [
    path("losses", losses_and_answers, name="losses"),
    path("losses/in-hand", loss, name="loss"),
    path("losses/answer/<path:name>", answer, name="loss-answer"),
    path("losses/recovery/<path:name>", recovery, name="loss-recovery"),
]
