"""The address of the work list: under the word by which people know it, cases."""

from django.urls import path

from . import views

app_name = "worklist"
urlpatterns = [path("", views.index, name="index")]
