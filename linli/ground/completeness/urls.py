"""The map of completeness."""

from django.urls import path

from . import views

app_name = "completeness"
urlpatterns = [
    path("", views.index, name="index"),
    path("export.xlsx", views.export, name="export"),
    path("manage/", views.manage, name="manage"),
    path("manage/<str:path>/", views.manage_place, name="manage_place"),
    path("manage/<str:path>/set-up-missing/", views.set_up_missing, name="set_up_missing"),
    path("<str:path>/", views.chart, name="chart"),
]
