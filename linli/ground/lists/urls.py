"""Addresses of lists; they stand under /residents/, for they are lists of residents."""

from django.urls import path

from . import views

app_name = "lists"
urlpatterns = [
    path("load/", views.load, name="load"),
    path("load/template.xlsx", views.template, name="template"),
    path("load/<str:reference>/", views.preview, name="preview"),
    path("load/<str:reference>/apply/", views.apply, name="apply"),
    path("load/<str:reference>/drop/", views.drop, name="drop"),
]
