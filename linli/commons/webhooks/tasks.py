"""The clock's door: every minute the partners that are due are called; every night what is old is forgotten."""

from procrastinate.contrib.django import app

from . import actions


@app.periodic(cron="* * * * *")
@app.task(name="webhooks.call", queueing_lock="webhooks.call", lock="webhooks.call")
def call(timestamp: int) -> None:
    """Call the partners that are due."""
    while actions.call_partners():
        pass


@app.periodic(cron="32 18 * * *")  # UTC: after half past two at night in the city
@app.task(name="webhooks.forget", queueing_lock="webhooks.forget")
def forget(timestamp: int) -> None:
    """Forget what is old."""
    actions.forget_old()
