"""Several people at once: one act, one to-do."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from linli.commons.deadlines import actions
from linli.commons.deadlines.models import Todo
from linli.ground.authority.actors import SYSTEM
from linli.ground.core import clock as city_clock
from linli.ground.core.models import Event
from linli.ground.places.models import Place

from .conftest import at, stand_up

TOGETHER = 4


@pytest.mark.usefixtures("own_city")
def test_several_at_once_make_one_todo_and_tick_it_off_once() -> None:
    place = Place.objects.create(path="15", name="内蒙古自治区", level="province", begun_on=date(2020, 1, 1))
    body = stand_up("department", place, "民政厅", None)
    start = Barrier(TOGETHER)

    def together(_number: int) -> tuple[int, int]:
        try:
            with city_clock.stopped_at(at("2026-09-14T10:40")):
                start.wait()
                todo = actions.open_todo(
                    about="cases.case:1", verb="v.w", title="t", body=body, due_at=at("2026-09-15T18:00"), by=SYSTEM
                )
                start.wait()
                return todo.pk, actions.close_todos(about="cases.case:1", by=SYSTEM)
        finally:
            connection.close()

    with ThreadPoolExecutor(TOGETHER) as pool:
        found = list(pool.map(together, range(TOGETHER)))
    assert ({key for key, _closed in found}, sum(closed for _key, closed in found)) == ({Todo.objects.get().pk}, 1)
    assert [Event.objects.filter(verb=f"deadlines.todo.{verb}").count() for verb in ("open", "close")] == [1, 1]
