"""The clock's door: every working morning those who are late are chased."""

from procrastinate.contrib.django import app

from linli.ground.authority.actors import SYSTEM

from . import actions


@app.periodic(cron="30 0 * * *")  # 08:30 in the city
@app.task(name="deadlines.chase", queueing_lock="deadlines.chase", pass_context=False)
def chase(timestamp: int) -> None:
    """Remind of what is nearly due, escalate what is overdue; each to-do once."""
    actions.chase(by=SYSTEM)
