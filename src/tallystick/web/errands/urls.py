"""The addresses of long work."""

from django.urls import path

from tallystick.web.errands.page import bring_in, errand, errand_file, errand_progress, errands, give_out

urlpatterns = [
    path("bring-in", bring_in, name="bring-in"),
    path("give-out", give_out, name="give-out"),
    path("errands", errands, name="errands"),
    path("errands/<str:code>", errand, name="errand"),
    path("errands/<str:code>/progress", errand_progress, name="errand-progress"),
    path("errands/<str:code>/file", errand_file, name="errand-file"),
]
