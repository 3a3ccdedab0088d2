"""The clock's door: codes are sent after commit, and old ones are thrown away."""

from datetime import timedelta

from django.utils.translation import gettext as _
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from linli.ground.core import clock
from linli.ground.places import queries as places

from . import sms
from .models import PhoneCode


@app.task(
    name="people.send_code", priority=10, retry=RetryStrategy(max_attempts=4, wait=5, retry_exceptions={sms.NotSent})
)
def send_code(code: int) -> None:
    """Send one code and forget it; one that has expired or been sent is left alone."""
    sent = PhoneCode.objects.exclude(message="").filter(pk=code, expires_at__gt=clock.now()).first()
    if sent is None:
        return
    phone, figures = sent.message.split(" ")
    city = places.city()
    text = _(
        "[%(city)s] Your code is %(code)s, good for 5 minutes. Nobody from the community will ever ask you for it."
    )
    sms.send(phone, text % {"city": city.place.name if city else "", "code": figures}, f"people.phonecode:{code}")
    if city is None or not city.is_demo:
        PhoneCode.objects.filter(pk=code).update(message="")


@app.periodic(cron="17 3 * * *")
@app.task(name="people.prune_codes", queueing_lock="people.prune_codes")
def prune_codes(timestamp: int) -> None:
    """Throw away codes older than two days; the limits look back one."""
    PhoneCode.objects.filter(sent_at__lt=clock.now() - timedelta(days=2)).delete()
