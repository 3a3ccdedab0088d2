"""The addresses of cases."""

from django.urls import path

from .views import pages, steps

app_name = "cases"
urlpatterns = [
    path("mine/", pages.mine, name="mine"),
    path("<str:reference>/", pages.show, name="show"),
    path("<str:reference>/receipt/", pages.receipt, name="receipt"),
    path("<str:reference>/unmask/", pages.unmask, name="unmask"),
    path("<str:reference>/accept/", steps.accept, name="accept"),
    path("<str:reference>/answer/", steps.answer, name="answer"),
    path("<str:reference>/extend/", steps.extend, name="extend"),
    path("<str:reference>/suspend/", steps.suspend, name="suspend"),
    path("<str:reference>/resume/", steps.resume, name="resume"),
    path("<str:reference>/refuse/", steps.refuse, name="refuse"),
    path("<str:reference>/inform/", steps.inform, name="inform"),
    path("<str:reference>/note/", steps.note, name="note"),
    path("<str:reference>/close/", steps.close, name="close"),
    path("<str:reference>/urge/", steps.urge, name="urge"),
    path("<str:reference>/reopen/", steps.reopen, name="reopen"),
]
