"""`/healthz`: is the city answering? For the operator's monitor and for run.py."""

from datetime import timedelta

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from linli import VERSION
from linli.ground.authority.doors import public

HEARTBEAT = timedelta(seconds=60)  # the worker beats every ten seconds


@public
def healthz(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when database and worker live, else 503."""
    database, worker = _database(), False
    if database:
        worker = _worker()
    facts = {"database": _word(database), "worker": _word(worker), "version": VERSION}
    return JsonResponse(facts, status=200 if database and worker else 503, headers={"Cache-Control": "no-store"})


def _word(alive: bool) -> str:  # noqa: FBT001 (one word for one fact)
    return "up" if alive else "down"


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _worker() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(last_heartbeat) FROM procrastinate_workers")
        (beat,) = cursor.fetchone()
    return beat is not None and timezone.now() - beat < HEARTBEAT
