"""The clock's door: lists that nobody took over are forgotten after a day."""

from datetime import timedelta

from procrastinate.contrib.django import app

from linli.ground.authority.actors import SYSTEM
from linli.ground.core import clock

from .models import ListStatus, StagedList


@app.periodic(cron="27 3 * * *")
@app.task(name="lists.drop_lists", queueing_lock="lists.drop_lists")
def drop_lists(timestamp: int) -> None:
    """Drop what was staged more than a day ago; its file goes with it."""
    old = StagedList.objects.filter(status=ListStatus.STAGED, staged_at__lt=clock.now() - timedelta(days=1))
    for staged in old:
        staged.drop(by=SYSTEM)
