"""The addresses of payouts. None of them, and nothing after a question mark, ever holds a code."""

from django.urls import path

from tallystick.web.payouts.page import payout_by_code, payout_limit, payout_limits_set, payout_without_code

urlpatterns = [
    path("payouts/code", payout_by_code, name="payout-by-code"),
    path("payouts/without-code", payout_without_code, name="payout-without-code"),
    path("payouts/limits", payout_limits_set, name="payout-limits"),
    path("payouts/limits/another", payout_limit, name="payout-limit"),
]
