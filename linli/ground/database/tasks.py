"""The clock's door to the notes of changes: once a night they become few."""

from procrastinate.contrib.django import app

from . import standing


@app.periodic(cron="50 18 * * *")  # 02:50 in the city
@app.task(name="database.begin_anew", queueing_lock="database.begin_anew")
def begin_anew(timestamp: int) -> None:
    """Forget all notes but one."""
    standing.begin_anew()
