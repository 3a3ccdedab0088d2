"""Linli's own addresses, and the two bare ones: what this server and this database give when nothing is asked of them."""

from django.db import connection
from django.http import HttpRequest
from django.urls import path
from ninja import NinjaAPI

from linli.config.urls import handler400, handler403, handler404, handler500
from linli.config.urls import urlpatterns as city

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

bare = NinjaAPI(title="bare", docs_url=None, openapi_url=None, urls_namespace="bare")


@bare.post("/rows", response={201: dict[str, int]})
def insert(request: HttpRequest) -> tuple[int, dict[str, int]]:  # noqa: ARG001 (the framework passes it)
    """Insert one row and say its key: the yardstick of all figures."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_row (words) VALUES (%s) RETURNING id", ["one row"])
        return 201, {"id": cursor.fetchone()[0]}


@bare.get("/rows/{key}", response=dict[str, str])
def select(request: HttpRequest, key: int) -> dict[str, str]:  # noqa: ARG001
    """Select one row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM bench_row WHERE id = %s", [key])
        return {"words": cursor.fetchone()[0]}


urlpatterns = [path("bare/", bare.urls), *city]
