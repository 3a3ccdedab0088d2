"""The clock's door: at night, who applied long ago is forgotten."""

from procrastinate.contrib.django import app

from linli.ground.authority.actors import SYSTEM

from . import actions


@app.periodic(cron="2-57/5 18-20 * * *")  # UTC: every five minutes from two to five at night in the city
@app.task(name="applicants.forget", queueing_lock="applicants.forget", lock="applicants.forget")
def forget(timestamp: int) -> None:
    """Forget a bounded number of those whose time is over; what is left comes five minutes later."""
    actions.forget_old(by=SYSTEM)
