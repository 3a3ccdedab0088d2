"""The addresses of templates: under the word by which people know them, cases."""

from django.urls import path

from . import views

app_name = "replies"
urlpatterns = [
    path("replies/", views.index, name="list"),
    path("replies/add/", views.add, name="add"),
    path("replies/<int:id>/revise/", views.revise, name="revise"),
    path("replies/<int:id>/end/", views.end, name="end"),
    path("<str:reference>/fill/<str:verb>/", views.fill, name="fill"),
]
