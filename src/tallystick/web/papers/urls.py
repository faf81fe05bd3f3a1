"""The addresses of papers."""

from django.urls import path

from tallystick.web.papers.page import cash_receipt, pay_order, waybill

urlpatterns = [
    path("papers/waybill/<path:name>", waybill, name="waybill"),
    path("papers/cash-receipt/<path:name>", cash_receipt, name="cash-receipt"),
    path("papers/pay-order/<str:name>", pay_order, name="pay-order-paper"),
]
