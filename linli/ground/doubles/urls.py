"""Addresses of entries that stand twice; the first of two is the one that stays."""

from django.urls import path

from . import views

app_name = "doubles"
urlpatterns = [
    path("", views.list_doubles, name="list"),
    path("<int:id>/", views.find, name="find"),
    path("<int:id>/<int:other>/", views.merge, name="merge"),
    path("<int:id>/<int:other>/unmask/", views.unmask, name="unmask"),
    path("<int:id>/<int:other>/keep-apart/", views.keep_apart, name="keep_apart"),
    path("merges/<str:reference>/undo/", views.undo_merge, name="undo_merge"),
]
