"""The map of the posts."""

from django.urls import path

from . import views

app_name = "posts"
urlpatterns = [
    path("of/<str:reference>/add/", views.add, name="add"),
    path("<int:pk>/rename/", views.rename, name="rename"),
    path("<int:pk>/resize/", views.resize, name="resize"),
    path("<int:pk>/abolish/", views.abolish, name="abolish"),
]
