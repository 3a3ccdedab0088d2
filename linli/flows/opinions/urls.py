"""The addresses of opinions: steps of an application stand under the application."""

from django.urls import path

from . import views

app_name = "opinions"
urlpatterns = [path("<str:reference>/give-opinion/", views.give_opinion, name="give_opinion")]
