"""Addresses of a place's figures, by the digits of its code."""

from django.urls import path, re_path

from . import views

app_name = "figures"
urlpatterns = [
    re_path(r"^(?P<path>[0-9]{12,15})/$", views.show, name="show"),
    path("<int:id>/declare/", views.declare, name="declare"),
    path("<int:id>/complete/<str:what>/", views.complete, name="complete"),
]
