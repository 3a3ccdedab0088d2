"""The address of the overview: under the word by which people know it, cases."""

from django.urls import path

from . import views

app_name = "overview"
urlpatterns = [
    path("overview/", views.overview, name="overview"),
    path("overview/cases.xlsx", views.overview_sheet, name="overview_sheet"),
]
