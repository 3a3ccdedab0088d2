"""The clock's door: every minute what is due leaves the house; every morning the digest; every night what is old is forgotten."""

from procrastinate.contrib.django import app

from . import actions


@app.periodic(cron="* * * * *")
@app.task(name="notices.send", queueing_lock="notices.send", lock="notices.send")
def send(timestamp: int) -> None:
    """Send the SMS and e-mails that are due."""
    while actions.send_deliveries():
        pass


@app.periodic(cron="30 23 * * *")  # UTC: half past seven in the city
@app.task(name="notices.digest", queueing_lock="notices.digest")
def digest(timestamp: int) -> None:
    """Compose the day's digests."""
    actions.compose_digests()


@app.periodic(cron="30 18 * * *")  # UTC: half past two at night in the city
@app.task(name="notices.forget", queueing_lock="notices.forget")
def forget(timestamp: int) -> None:
    """Forget what is old."""
    actions.forget_old()
