"""The clock's door: every working morning those who are late are chased; every month the calendar is brought up to date."""

from procrastinate.contrib.django import app

from linli.ground.authority.actors import SYSTEM

from . import actions


@app.periodic(cron="30 0 * * *")  # 08:30 in the city
@app.task(name="deadlines.chase", queueing_lock="deadlines.chase", pass_context=False)
def chase(timestamp: int) -> None:
    """Remind of what is nearly due, escalate what is overdue; each to-do once."""
    actions.chase(by=SYSTEM)


@app.periodic(cron="0 19 1 * *")
@app.task(name="deadlines.load_calendar", queueing_lock="deadlines.load_calendar", pass_context=False)
def load_calendar(timestamp: int) -> None:
    """Take over newly published days and keep the calendar two years ahead."""
    actions.load_calendar(by=SYSTEM)
