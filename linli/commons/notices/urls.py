"""The map of messages."""

from django.urls import path

from . import views

app_name = "notices"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("read/", views.read_all, name="read_all"),
    path("<int:id>/read/", views.read, name="read"),
    path("<int:id>/open/", views.follow, name="follow"),
    path("preferences/", views.choose, name="choose"),
    path("confirm/<str:ticket>/", views.confirm, name="confirm"),
    path("undelivered/", views.undelivered, name="undelivered"),
    path("undelivered/<int:id>/send_again/", views.send_again, name="send_again"),
]
