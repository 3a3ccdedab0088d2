"""What is told is not kept for ever: the log is the record, a message only points to it."""

from datetime import timedelta

from linli.commons.notices.models import Digest, Message, Preference
from linli.commons.notices.queries import kept_by_law, messages_of, told_to
from linli.ground.core import clock
from linli.ground.people.models import Person
from linli.ground.places.queries import city_path
from linli.ground.rulebook.queries import rule

KEEP_MESSAGES = timedelta(days=730)
KEEP_CONTACTS = timedelta(days=180)
"""People without an account can't tidy up after themselves: shorter (PIPL art. 19), and never longer than `retention.contact.days` says."""
KEEP_ERRANDS = timedelta(days=30)
"""How long the day of a digest stays, and a number for an SMS that could not be delivered."""


def erase_for(person: Person) -> None:
    """Erase what was told to a person and where: the log keeps that something happened, not that they were told (PIPL art. 47)."""
    messages_of(person).delete()
    Preference.objects.filter(account__person=person).delete()


def forget_old() -> None:
    """Delete messages after their time, and the phone numbers of SMS that nobody sends again; never what is kept by law."""
    now, held = clock.now(), kept_by_law()
    messages = Message.objects.exclude(told_to(held))
    Digest.objects.exclude(account__person__in=held).filter(day__lt=clock.today() - KEEP_ERRANDS).delete()
    messages.filter(created_at__lt=now - KEEP_MESSAGES).delete()
    contacts = min(KEEP_CONTACTS, timedelta(days=rule("retention.contact.days", place_path=city_path()).number))
    messages.filter(account__isnull=True, created_at__lt=now - contacts).delete()
    messages.filter(created_at__lt=now - KEEP_ERRANDS).exclude(phone="").update(phone="")
