"""The map of the rulebook."""

from django.urls import path

from . import views

app_name = "rulebook"
urlpatterns = [
    path("", views.index, name="index"),
    path("versions/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<str:key>/", views.show, name="show"),
    path("<str:key>/change/", views.change, name="change"),
    path("<str:key>/lodge/", views.lodge, name="lodge"),
]
