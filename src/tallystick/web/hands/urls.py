"""The addresses of whose hands and how it got there."""

from django.urls import path

from tallystick.web.hands.page import everyone_else, whose_hands_now
from tallystick.web.hands.river_page import hand_by_hand, how_it_got_there

urlpatterns = [
    path("", whose_hands_now, name="whose-hands-now"),
    path("everyone-else", everyone_else, name="everyone-else"),
    path("how-it-got-there", how_it_got_there, name="how-it-got-there"),
    path("how-it-got-there/hand-by-hand", hand_by_hand, name="hand-by-hand"),
]
