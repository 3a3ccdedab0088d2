"""The addresses of Open311 GeoReport v2, which the standard fixes; and the same once more for trying a program out."""

from typing import Final

from django.urls import include, path

from . import views

app_name = "standards"
GEOREPORT: Final = [
    path("discovery.<str:format>", views.discovery, name="discovery"),
    path("services.<str:format>", views.services, name="services"),
    path("services/<slug:code>.<str:format>", views.service, name="service"),
    path("requests.<str:format>", views.requests, name="requests"),
    path("requests/<slug:reference>.<str:format>", views.request_of, name="request"),
    path("tokens/<slug:reference>.<str:format>", views.token, name="token"),
]
urlpatterns = [
    path("open311/v2/", include(GEOREPORT)),
    path("open311/test/v2/", include((GEOREPORT, "trial")), {"is_trial": True}),
]
