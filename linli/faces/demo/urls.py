"""The addresses of the demo city."""

from django.urls import path

from . import views

app_name = "demo"
urlpatterns = [path("", views.index, name="index"), path("enter/<str:role>/", views.enter, name="enter")]
