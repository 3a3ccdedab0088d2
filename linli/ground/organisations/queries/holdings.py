"""The posts of one person: for the copy of their data, and when two entries of the register become one."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.organisations.models import Holding
from linli.ground.organisations.rules import may_manage_at
from linli.ground.people.models import Person
from linli.ground.residents.personal_data import Row, row


def copy_for(person: Person) -> list[Row]:
    """Return the posts that a person has held, for the copy of their data (PIPL art. 45)."""
    held = Holding.recorded.filter(person=person).select_related("post__body").order_by("begins_on", "pk")
    return [row(one, "post", "begins_on", "ends_on", "how", "why_ended", "withdrawn_on", "reason") for one in held]


def held_twice(_lost: Person, kept: Person) -> Q:
    """Return the holdings that stay with the entry that ends: the other one held the same post in the same days."""
    same = Holding.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=OuterRef("begins_on")))
    same = same.filter(person=kept, post=OuterRef("post"))
    begun = Q(ends_on__isnull=True) | Exists(same.filter(begins_on__lte=OuterRef("ends_on")))
    return Q(Q(Exists(same)), begun)


def posts_first(lost: Person, kept: Person, by: Actor) -> str:
    """Say what to do first where a merge would change who acts in a post."""
    running = Holding.objects.since(clock.today())
    held = running.filter(person__in=[lost, kept]).select_related("post__body__place")
    if any(not may_manage_at(by, one.post.body.place.path) for one in held):
        return _("One of the two entries holds a post. Whoever records the holders of posts there makes the two one.")
    if running.filter(held_twice(lost, kept), person=lost).exists():
        return _("Both entries hold the same post. End one of the two holdings first; it can be merged the day after.")
    return ""
