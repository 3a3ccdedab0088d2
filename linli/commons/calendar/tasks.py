"""The clock's door: every month the calendar is brought up to date."""

from procrastinate.contrib.django import app

from linli.ground.authority.actors import SYSTEM

from . import actions


@app.periodic(cron="0 19 1 * *")
@app.task(name="calendar.load_calendar", queueing_lock="calendar.load_calendar", pass_context=False)
def load_calendar(timestamp: int) -> None:
    """Take over newly published days and keep the calendar two years ahead."""
    actions.load_calendar(by=SYSTEM)
