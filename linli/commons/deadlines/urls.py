"""The map of deadlines for people."""

from django.urls import path

from . import views

app_name = "deadlines"
urlpatterns = [
    path("calendar/", views.show_calendar, name="show_calendar"),
    path("calendar/<int:year>/", views.show_calendar, name="show_calendar"),
    path("calendar/announce/", views.announce, name="announce"),
    path("calendar/<int:year>/confirm/", views.confirm_year, name="confirm_year"),
]
