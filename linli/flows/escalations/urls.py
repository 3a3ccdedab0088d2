"""The addresses of escalations: steps of a case stand under the case."""

from django.urls import path

from . import views

app_name = "escalations"
urlpatterns = [
    path("<str:reference>/whistle/", views.whistle, name="whistle"),
    path("<str:reference>/report_in/", views.report_in, name="report_in"),
    path("<str:reference>/hand_over/", views.hand_over, name="hand_over"),
]
