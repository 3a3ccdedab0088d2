"""The clock's door: at night, who brought the cases of long ago is forgotten."""

from procrastinate.contrib.django import app

from linli.ground.authority.actors import SYSTEM

from . import actions


@app.periodic(cron="*/5 18-20 * * *")  # UTC: every five minutes from two to five at night in the city
@app.task(name="reporters.forget", queueing_lock="reporters.forget", lock="reporters.forget")
def forget(timestamp: int) -> None:
    """Forget a bounded number of those whose time is over; what is left comes five minutes later, so that no worker is kept busy."""
    actions.forget_old(by=SYSTEM)
