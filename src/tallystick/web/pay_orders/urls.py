"""The addresses of pay orders."""

from django.urls import path

from tallystick.web.pay_orders.page import drawing, issuing, order, orders, payment, void

urlpatterns = [
    path("pay-orders", orders, name="pay-orders"),
    path("pay-orders/draw", drawing, name="pay-order-draw"),
    path("pay-orders/of/<str:name>", order, name="pay-order"),
    path("pay-orders/issue/<str:name>", issuing, name="pay-order-issue"),
    path("pay-orders/payment/<str:name>", payment, name="pay-order-payment"),
    path("pay-orders/void/<str:name>", void, name="pay-order-void"),
]
