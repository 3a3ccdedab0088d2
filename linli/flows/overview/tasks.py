"""The clock's door: every minute what is stale is counted again; every night everything."""

from procrastinate.contrib.django import app

from . import actions


@app.periodic(cron="* * * * *")
@app.task(name="overview.recount", queueing_lock="overview.recount", lock="overview.recount", pass_context=False)
def recount(timestamp: int) -> None:
    """Count what is stale again."""
    actions.recount()


@app.periodic(cron="20 19 * * *")  # 03:20 in the city
@app.task(
    name="overview.recount_all", queueing_lock="overview.recount_all", lock="overview.recount", pass_context=False
)
def recount_all(timestamp: int) -> None:
    """Count everything again, so that no tally can drift."""
    actions.recount_all()
