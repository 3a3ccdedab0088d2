"""The addresses of cases."""

from django.urls import path

from . import views

app_name = "cases"
urlpatterns = [
    path("", views.index, name="index"),
    path("report/", views.report, name="report"),
    path("register/", views.register, name="register"),
    path("follow/", views.follow, name="follow"),
    path("mine/", views.mine, name="mine"),
    path("<str:reference>/", views.show, name="show"),
    path("<str:reference>/receipt/", views.receipt, name="receipt"),
    path("<str:reference>/unmask/", views.unmask, name="unmask"),
    path("<str:reference>/accept/", views.accept, name="accept"),
    path("<str:reference>/answer/", views.answer, name="answer"),
    path("<str:reference>/close/", views.close, name="close"),
    path("<str:reference>/rate/", views.rate, name="rate"),
    path("<str:reference>/reopen/", views.reopen, name="reopen"),
]
