"""The map of routing."""

from django.urls import path

from . import views

app_name = "routing"
urlpatterns = [
    path("", views.list_routes, name="list"),
    path("add/", views.add, name="add"),
    path("categories/add/", views.add_category, name="add_category"),
    path("categories/<slug:code>/", views.show_category, name="show_category"),
    path("categories/<slug:code>/edit/", views.edit_category, name="edit_category"),
    path("categories/<slug:code>/end/", views.end_category, name="end_category"),
    path("<int:id>/", views.show, name="show"),
    path("<int:id>/revise/", views.revise, name="revise"),
    path("<int:id>/end/", views.end, name="end"),
]
