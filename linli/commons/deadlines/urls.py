"""The map of deadlines for people."""

from django.urls import path

from . import views

app_name = "deadlines"
urlpatterns = [
    path("calendar/", views.show_calendar, name="show_calendar"),
    path("calendar/<int:year>/", views.show_calendar, name="show_calendar"),
    path("calendar/announce/", views.announce, name="announce"),
    path("calendar/<int:year>/confirm/", views.confirm_year, name="confirm_year"),
    path("hours/", views.show_hours, name="show_hours"),
    path("hours/set/", views.set_hours, name="set_hours"),
    path("hours/<int:id>/remove/", views.remove_hours, name="remove_hours"),
]
