"""The addresses by which needs come in: under the word by which people know them, cases."""

from django.urls import path

from . import views

app_name = "intake"
urlpatterns = [
    path("report/", views.report, name="report"),
    path("report/confirm/", views.confirm_report, name="confirm_report"),
    path("report/hints/", views.hints, name="hints"),
    path("report/questions/", views.questions, name="questions"),
    path("register/", views.register, name="register"),
    path("follow/", views.follow, name="follow"),
    path("follow/confirm/", views.confirm_follow, name="confirm_follow"),
    path("<str:reference>/receipt/", views.receipt, name="receipt"),
]
