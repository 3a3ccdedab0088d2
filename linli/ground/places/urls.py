"""Addresses of places: a place's own address is the digits of its code."""

from django.urls import path, re_path

from . import views

app_name = "places"
urlpatterns = [
    path("", views.index, name="index"),
    path("picker/", views.picker, name="picker"),
    path("grids/draw/<int:id>/", views.draw_grid, name="draw_grid"),
    path("grids/<int:id>/rename/", views.rename, name="rename"),
    path("grids/<int:id>/end/", views.end, name="end"),
    re_path(r"^(?P<path>[0-9]{2,15})/$", views.show, name="show"),
]
