"""The clock's door: every night drafts and stray bytes go."""

from procrastinate.contrib.django import app

from . import actions


@app.periodic(cron="10 19 * * *")  # 03:10 in the city
@app.task(name="files.clean", queueing_lock="files.clean", pass_context=False)
def clean(timestamp: int) -> None:
    """Remove what nobody came back for and what no row names."""
    actions.clean_drafts()
    actions.clean_storage()
