"""The addresses of ratings: under the word by which people know it, services."""

from django.urls import path

from . import views

app_name = "ratings"
urlpatterns = [
    path("rates/", views.rates, name="rates"),
    path("rates/export.xlsx", views.export, name="export"),
    path("rates/behind/", views.behind, name="behind"),
]
