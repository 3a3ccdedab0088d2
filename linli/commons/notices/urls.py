"""The map of messages and webhooks."""

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
    path("webhooks/", views.webhooks, name="webhooks"),
    path("webhooks/subscribe/", views.subscribe, name="subscribe"),
    path("webhooks/<int:id>/", views.webhook, name="webhook"),
    path("webhooks/<int:id>/pause/", views.pause, name="pause"),
    path("webhooks/<int:id>/resume/", views.resume, name="resume"),
    path("webhooks/<int:id>/end/", views.end, name="end"),
    path("webhooks/<int:id>/ping/", views.ping, name="ping"),
    path("webhooks/calls/<int:id>/redeliver/", views.redeliver, name="redeliver"),
]
