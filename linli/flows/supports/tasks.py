"""The clock's door: at night, who supported the cases of long ago is forgotten."""

from procrastinate.contrib.django import app

from linli.ground.authority.actors import SYSTEM

from . import actions


@app.periodic(cron="*/5 18-20 * * *")  # UTC: every five minutes from two to five at night in the city
@app.task(name="supports.forget", queueing_lock="supports.forget", lock="supports.forget")
def forget(timestamp: int) -> None:
    """Forget a bounded number of those whose time is over; what is left comes five minutes later."""
    actions.forget_old(by=SYSTEM)
