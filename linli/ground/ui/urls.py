"""The map of the look."""

from django.urls import path

from . import views

app_name = "ui"
urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("large/", views.large, name="large"),
    path("language/", views.language, name="language"),
]
