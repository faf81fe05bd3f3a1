"""The addresses of the door. They bear django-allauth's names, since it goes from one to the other by these."""

from allauth.account import views
from django.urls import include, path

from tallystick.web.door.page import sign_in

urlpatterns = [
    path("sign-in", sign_in, name="account_login"),
    path("sign-out", views.logout, name="account_logout"),
    path("sign-in/again", views.reauthenticate, name="account_reauthenticate"),
    path("sign-in/closed", views.account_inactive, name="account_inactive"),
    path("password", views.password_change, name="account_change_password"),
    path("second-factor/", include("allauth.mfa.urls")),
]
