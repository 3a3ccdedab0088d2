"""Addresses of signing in and out."""

from django.urls import path

from . import views

app_name = "people"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/code/", views.prove_code, name="prove_code"),
    path("sign-in/staff/", views.sign_in_staff, name="sign_in_staff"),
    path("sign-in/second-factor/", views.prove_second_factor, name="prove_second_factor"),
    path("sign-in/second-factor/set-up/", views.set_up_second_factor, name="set_up_second_factor"),
    path("account/open/", views.open_account, name="open_account"),
    path("account/password/", views.change_password, name="change_password"),
    path("account/phone/", views.change_phone, name="change_phone"),
    path("oidc/start/", views.start_oidc, name="start_oidc"),
    path("oidc/finish/", views.finish_oidc, name="finish_oidc"),
    path("sign-out/", views.sign_out, name="sign_out"),
]
