"""The clock's door: whoever has been erased is told so, and then their phone is forgotten too."""

from datetime import timedelta
from typing import Final

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from linli.ground.core import clock
from linli.ground.people import sms
from linli.ground.places import queries as places

from .models import DataRequest

KEPT: Final = timedelta(days=3)


@app.task(
    name="residents.send_parting",
    retry=RetryStrategy(max_attempts=8, exponential_wait=4, retry_exceptions={sms.NotSent}),
)
def send_parting(request: int) -> None:
    """Tell somebody what was erased and what stays by which law, and forget the phone; whoever has been told is left alone."""
    asked = DataRequest.objects.exclude(parting="").filter(pk=request).first()
    if asked is not None:
        sms.send(asked.parting, _words(asked), f"residents.datarequest:{request}")
        DataRequest.objects.filter(pk=request).update(parting="")


@app.periodic(cron="27 3 * * *")
@app.task(name="residents.forget_partings", queueing_lock="residents.forget_partings")
def forget_partings(timestamp: int) -> None:
    """Forget the phones that no message has reached within three days."""
    DataRequest.objects.exclude(parting="").filter(decided_at__lt=clock.now() - KEPT).update(parting="")


def _words(asked: DataRequest) -> str:
    """Return the last message."""
    city = places.city()
    text = _(
        "[%(city)s] As you asked, your data were erased on %(day)s (%(reference)s): name, phone, identity number, day of "
        "birth, address, relatives, messages and account. What the law keeps names you no more: the entry in the counts, "
        "when you consented, and what staff did (Personal Information Protection Law art. 47, Cybersecurity Law art. 23). "
        "After this message your number is forgotten as well. Questions: the desk of your community, or 12345."
    )
    day = localtime(asked.decided_at).date().isoformat() if asked.decided_at else ""
    return text % {"city": city.place.name if city else "", "day": day, "reference": asked.reference}
