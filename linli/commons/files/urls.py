"""The map of files."""

from django.urls import path

from . import views

app_name = "files"
urlpatterns = [
    path("<str:reference>/", views.show, name="show"),
    path("<str:reference>/thumbnail/", views.show_thumbnail, name="show_thumbnail"),
]
