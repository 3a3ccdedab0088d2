"""The clock's door to the log: every ten seconds events get their place and followers read on; every five minutes a seal."""

from procrastinate.contrib.django import app

from . import actions, feed


@app.periodic(cron="*/1 * * * * */10")
@app.task(name="core.relay", queueing_lock="core.relay", pass_context=False)
def relay(timestamp: int) -> None:
    """Move the feed on."""
    while actions.relay():
        pass
    while feed.run_followers():
        pass


@app.periodic(cron="*/5 * * * *")
@app.task(name="core.seal", queueing_lock="core.seal")
def seal(timestamp: int) -> None:
    """Seal what has come."""
    actions.seal()
