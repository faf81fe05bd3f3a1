"""The addresses of codes. None of them, and nothing after a question mark, ever holds a code."""

from django.urls import path

from tallystick.web.codes.page import claim_code, code, code_ruling, codes, tally_half, tally_halves

urlpatterns = [
    path("codes", codes, name="codes"),
    path("codes/claim", claim_code, name="claim-code"),
    path("codes/half", tally_half, name="tally-half"),
    path("codes/halves", tally_halves, name="tally-halves"),
    path("codes/decision", code_ruling, name="code-ruling"),
    path("codes/of/<str:name>", code, name="code"),
]
