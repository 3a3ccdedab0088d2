"""The map of webhooks."""

from django.urls import path

from . import views

app_name = "webhooks"
urlpatterns = [
    path("", views.list_webhooks, name="list"),
    path("subscribe/", views.subscribe, name="subscribe"),
    path("<int:id>/", views.show, name="show"),
    path("<int:id>/reveal/", views.reveal, name="reveal"),
    path("<int:id>/edit/", views.edit, name="edit"),
    path("<int:id>/pause/", views.pause, name="pause"),
    path("<int:id>/resume/", views.resume, name="resume"),
    path("<int:id>/end/", views.end, name="end"),
    path("<int:id>/ping/", views.ping, name="ping"),
    path("calls/<int:id>/redeliver/", views.redeliver, name="redeliver"),
]
