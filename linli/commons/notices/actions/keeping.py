"""What is told is not kept for ever: the log is the record, a message only points to it."""

from datetime import timedelta

from linli.commons.notices.models import Digest, Message, Preference, WebhookDelivery
from linli.commons.notices.queries import messages_of
from linli.ground.core import clock
from linli.ground.people.models import Person

KEEP_MESSAGES = timedelta(days=730)
KEEP_CONTACTS = timedelta(days=180)
"""People without an account can't tidy up after themselves: shorter (PIPL art. 19: no longer than the purpose needs)."""
KEEP_CALLS = timedelta(days=30)
"""How long a partner can be away without losing an event; also how long a number stays for an SMS that could not be delivered."""


def erase_for(person: Person) -> None:
    """Erase what was told to a person and where: the log keeps that something happened, not that they were told (PIPL art. 47)."""
    messages_of(person).delete()
    Preference.objects.filter(account__person=person).delete()


def forget_old() -> None:
    """Delete messages and calls after their time, and the phone numbers of SMS that nobody sends again."""
    now = clock.now()
    WebhookDelivery.objects.filter(event__at__lt=now - KEEP_CALLS).delete()
    Digest.objects.filter(day__lt=clock.today() - KEEP_CALLS).delete()
    Message.objects.filter(created_at__lt=now - KEEP_MESSAGES).delete()
    Message.objects.filter(account__isnull=True, created_at__lt=now - KEEP_CONTACTS).delete()
    Message.objects.filter(created_at__lt=now - KEEP_CALLS).exclude(phone="").update(phone="")
