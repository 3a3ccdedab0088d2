"""The addresses of the catalogue and its keeping."""

from django.urls import path

from .views import catalogue, keeping

app_name = "guides"
urlpatterns = [
    path("", catalogue.index, name="index"),
    path("keep/", keeping.keep, name="keep"),
    path("keep/add/", keeping.add, name="add"),
    path("keep/export/", keeping.export, name="export"),
    path("keep/load/", keeping.load, name="load"),
    path("keep/load/preview/", keeping.preview, name="preview"),
    path("keep/load/take/", keeping.take, name="take"),
    path("<str:code>/", catalogue.show, name="show"),
    path("<str:code>/edit/", keeping.edit, name="edit"),
    path("<str:code>/end/", keeping.end, name="end"),
]
