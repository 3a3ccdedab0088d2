"""The clock's door: what both entries were before a merge is forgotten when it cannot be undone any more."""

from datetime import timedelta

from procrastinate.contrib.django import app

from linli.ground.core import clock

from .models import UNDO_DAYS, Merge


@app.periodic(cron="37 3 * * *")
@app.task(name="doubles.forget_merges", queueing_lock="doubles.forget_merges")
def forget_merges(timestamp: int) -> None:
    """Forget the values that were not kept, once their days to undo are over."""
    old = Merge.objects.filter(merged_at__lt=clock.now() - timedelta(days=UNDO_DAYS + 1))
    old.exclude(before="").update(before="")
