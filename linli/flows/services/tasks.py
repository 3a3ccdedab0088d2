"""The clock's door: what nobody has answered in time counts as accepted."""

from procrastinate.contrib.django import app

from linli.ground.authority.actors import SYSTEM

from . import actions


@app.periodic(cron="*/10 * * * *")
@app.task(name="services.deem_accepted", queueing_lock="services.deem_accepted", lock="services.deem_accepted")
def deem_accepted(timestamp: int) -> None:
    """Accept by law, a bounded number at a time; what is left comes ten minutes later."""
    actions.deem_accepted(by=SYSTEM)
