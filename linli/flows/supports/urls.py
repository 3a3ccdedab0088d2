"""The addresses of supports: steps of a case stand under the case."""

from django.urls import path

from . import views

app_name = "supports"
urlpatterns = [
    path("<str:reference>/supports/", views.list_supports, name="list"),
    path("<str:reference>/supports/unmask/", views.unmask, name="unmask"),
    path("<str:reference>/support/", views.support, name="support"),
    path("<str:reference>/leave/", views.leave, name="leave"),
    path("<str:reference>/merge/", views.merge, name="merge"),
    path("<str:reference>/split/", views.split, name="split"),
    path("<str:reference>/link/", views.link, name="link"),
    path("<str:reference>/unlink/", views.unlink, name="unlink"),
    path("<str:reference>/divide/", views.divide, name="divide"),
]
