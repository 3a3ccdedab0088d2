"""The map of the calendar for people."""

from django.urls import path

from . import views

app_name = "calendar"
urlpatterns = [
    path("", views.show, name="show"),
    path("<int:year>/", views.show, name="show"),
    path("announce/", views.announce, name="announce"),
    path("<int:year>/confirm/", views.confirm_year, name="confirm_year"),
    path("hours/", views.show_hours, name="show_hours"),
    path("hours/set/", views.set_hours, name="set_hours"),
    path("hours/<int:id>/remove/", views.remove_hours, name="remove_hours"),
]
