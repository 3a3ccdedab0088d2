"""One address."""

from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.urls import path

from linli.places.models import City


def healthz(request: HttpRequest) -> JsonResponse:
    """Who answers, and what it knows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        role = cursor.fetchone()[0]
    return JsonResponse({"role": role, "cities": list(City.objects.values_list("code", flat=True))})


urlpatterns = [path("healthz", healthz)]
