"""The worker's door: a file is written when it was asked for; every night those go whose days are over."""

from typing import Final

from procrastinate import JobContext
from procrastinate.contrib.django import app

from . import actions

MOST: Final = 3
"""Times that a file is tried."""


@app.task(name="worklist.write_export", pass_context=True, retry=MOST - 1)
def write_export(context: JobContext, export: int) -> None:
    """Write one file; after the last try say that it cannot be written."""
    try:
        actions.write(export)
    except Exception:
        if context.job is None or context.job.attempts >= MOST - 1:
            actions.give_up(export)
        raise


@app.periodic(cron="40 19 * * *")  # 03:40 in the city
@app.task(name="worklist.remove_exports", queueing_lock="worklist.remove_exports", pass_context=False)
def remove_exports(timestamp: int) -> None:
    """Remove old files."""
    actions.remove_old()
