"""Who stands behind a phone, who is near kin."""

from collections.abc import Iterable
from datetime import datetime

from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.http import HttpRequest

from linli.ground.people import identity
from linli.ground.people.models import Account, Kinship, Person, PhoneCode, Relation

_DERIVED = {(Relation.PARENT, Relation.PARENT), (Relation.CHILD, Relation.CHILD), (Relation.PARENT, Relation.CHILD)}


def contact_of(phone: str) -> str:
    """Return the blind index of a phone, however typed; raises ValidationError for what is no mobile number."""
    return identity.phone_index(identity.normal_phone(phone))


def account_of_contact(contact: str) -> Account | None:
    """Return the account that signs in by a proven phone."""
    return Account.objects.filter(contact=contact, is_active=True).select_related("person").first() if contact else None


def staff_account(username: str) -> Account | None:
    """Return the staff account of a user name that the city's identity provider has vouched for."""
    return Account.objects.filter(username=username, is_active=True).first() if username else None


def locked_until(request: HttpRequest, username: str) -> datetime | None:
    """Return until when sign-in to a user name is locked after five failures, known or not; None where it is open."""
    if not AxesProxyHandler.is_locked(request, {"username": username}):
        return None
    last = AccessAttempt.objects.filter(username=username).order_by("-attempt_time").first()
    return last.attempt_time + settings.AXES_COOLOFF_TIME if last else None


def near_relatives(person: Person | int) -> set[int]:
    """Return the keys of a person's near relatives: spouse, parents, children, siblings, grandparents, grandchildren."""
    key = person if isinstance(person, int) else person.pk
    return near_relatives_among([key])[key]


def near_relatives_among(persons: Iterable[int]) -> dict[int, set[int]]:
    """Return the near relatives of each of many persons (Civil Code art. 1045): declared ties and what follows from two. Two queries."""
    first = _ties(persons)
    second = _ties(relative for ties in first.values() for relative, _relation in ties)
    near = {key: {relative for relative, _relation in ties} for key, ties in first.items()}
    for key, ties in first.items():
        for relative, relation in ties:  # a parent's parent, a parent's other child, a child's child
            near[key] |= {other for other, further in second[relative] if (relation, further) in _DERIVED} - {key}
    return near


def _ties(keys: Iterable[int]) -> dict[int, set[tuple[int, Relation]]]:
    """Return for each key whom it is tied to and what they are to it, in one query."""
    found: dict[int, set[tuple[int, Relation]]] = {key: set() for key in keys}
    ties = Kinship.objects.filter(person__in=found) | Kinship.objects.filter(relative__in=found)
    for person, relative, relation in ties.values_list("person", "relative", "relation"):
        if person in found:
            found[person].add((relative, Relation(relation)))
        if relative in found:
            found[relative].add((person, Relation(relation).back))
    return found


def last_code(phone: str) -> str | None:
    """Return the last code sent to a phone, while it is kept: for good in a demo city, elsewhere until it has been sent."""
    sent = PhoneCode.objects.filter(contact=contact_of(phone)).exclude(message="").order_by("-pk").first()
    return sent.message.partition(" ")[2] if sent else None
