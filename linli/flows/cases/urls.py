"""The addresses of cases."""

from django.urls import path

from .views import intake, matters

app_name = "cases"
urlpatterns = [
    path("", matters.index, name="index"),
    path("report/", intake.report, name="report"),
    path("report/confirm/", intake.confirm_report, name="confirm_report"),
    path("register/", intake.register, name="register"),
    path("follow/", intake.follow, name="follow"),
    path("follow/confirm/", intake.confirm_follow, name="confirm_follow"),
    path("mine/", matters.mine, name="mine"),
    path("<str:reference>/", matters.show, name="show"),
    path("<str:reference>/receipt/", matters.receipt, name="receipt"),
    path("<str:reference>/unmask/", matters.unmask, name="unmask"),
    path("<str:reference>/accept/", matters.accept, name="accept"),
    path("<str:reference>/answer/", matters.answer, name="answer"),
    path("<str:reference>/close/", matters.close, name="close"),
    path("<str:reference>/urge/", matters.urge, name="urge"),
    path("<str:reference>/rate/", matters.rate, name="rate"),
    path("<str:reference>/reopen/", matters.reopen, name="reopen"),
]
