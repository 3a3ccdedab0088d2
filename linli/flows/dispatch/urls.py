"""The addresses of dispatch: steps of a case stand under the case."""

from django.urls import path

from . import views

app_name = "dispatch"
urlpatterns = [
    path("<str:reference>/send_back/", views.send_back, name="send_back"),
    path("<str:reference>/designate/", views.designate, name="designate"),
    path("<str:reference>/assign/", views.assign, name="assign"),
    path("<str:reference>/ask_help/", views.ask_help, name="ask_help"),
    path("<str:reference>/contribute/", views.contribute, name="contribute"),
]
