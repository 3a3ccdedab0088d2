"""ASK: the inbox as its reader sees it, who is behind a post or a contact, what could not be delivered."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import CharField, F, Q, QuerySet, Value
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.commons.deadlines.models import Todo
from linli.ground.authority.actors import Actor, Person
from linli.ground.authority.powers import Power
from linli.ground.authority.roles import ROLES
from linli.ground.core import clock, registry
from linli.ground.core.models import Event
from linli.ground.core.paging import Count, Page, capped_count, page_of
from linli.ground.core.registry import Reference
from linli.ground.organisations.models import Holding
from linli.ground.organisations.models.holdings import HoldingQuerySet
from linli.ground.organisations.queries import actor_in_post
from linli.ground.people.models import Account, AccountKind, PersonalData
from linli.ground.people.models import Person as RegisteredPerson
from linli.ground.residents.models import DataRequest, LegalHold, RequestKind
from linli.ground.residents.personal_data import printed_as

from . import templates
from .models import Delivery, Message, Preference
from .models.messages import ACCOUNT, account_key
from .templates import Recipient


@dataclass(frozen=True)
class Told:
    """A message as its reader sees it: words in the reader's language, and where it leads if the reader may go there."""

    message: Message
    title: str
    text: str
    about: Reference | None


@dataclass(frozen=True)
class Inbox:
    """One page of an inbox."""

    items: list[Told]
    page: Page[Message]


def inbox(actor: Actor, *, token: str = "", unread_only: bool = False) -> Inbox:
    """Return a page of the actor's messages, newest first, in as many queries for 30 rows as for one."""
    messages = Message.objects.visible_to(actor).select_related("event")
    page = page_of(messages.unread() if unread_only else messages, keys=("-id",), token=token)
    return Inbox(told(page.items, actor), page)


def unread_messages(actor: Actor) -> QuerySet[Message]:
    """Return what the actor has not read."""
    return Message.objects.visible_to(actor).unread()


def unread(actor: Actor) -> Count:
    """Count what the actor has not read, up to the cap."""
    return capped_count(unread_messages(actor))


def spoken_unread(count: Count) -> str:
    """Say how much is unread: 3 unread messages."""
    return ngettext("%(n)s unread message", "%(n)s unread messages", count.number) % {"n": count}


def told(messages: Iterable[Message], reader: Actor) -> list[Told]:
    """Put messages into words for their reader."""
    known = [(message, templates.named(message.template)) for message in messages]
    subjects = {message.pk: template.about(message.event) for message, template in known if template}
    found = registry.resolve(subjects.values(), reader)
    return [_told(message, template, found.get(subjects.get(message.pk, ""))) for message, template in known]


def _told(message: Message, template: templates.Template | None, about: Reference | None) -> Told:
    if template is None:
        return Told(message, _("A message of an earlier time"), _("This kind of message is not in use any more."), None)
    words = template.words(message.event, about.title if about else "")
    return Told(message, words.title, words.text, about)


def reader_of(message: Message) -> Actor | None:
    """Return in whose eyes a message is put into words when it leaves the house; None once the post has ended."""
    if message.post:
        return actor_in_post(message.post)
    if message.account is None:
        return Person(contact=message.contact)
    return Person(ref=f"{ACCOUNT}{message.account.pk}", person=message.account.person_id)


def told_to(persons: QuerySet[RegisteredPerson]) -> Q:
    """Return the condition "was told to one of these people": to their accounts, or to their phone before they had one."""
    accounts = dict(Account.objects.filter(person__in=persons).values_list("pk", "contact"))
    known = PersonalData.objects.filter(person__in=persons).values_list("phone_index", flat=True)
    return Q(account__in=accounts) | Q(contact__in={*known, *accounts.values()} - {"", None})


def messages_of(person: RegisteredPerson) -> QuerySet[Message]:
    """Return everything that was told to a person."""
    return Message.objects.filter(told_to(RegisteredPerson.objects.filter(pk=person.pk)))


def kept_by_law() -> QuerySet[RegisteredPerson]:
    """Return the people of whose data nothing is erased for now (PIPL art. 47)."""
    return RegisteredPerson.objects.filter(pk__in=LegalHold.objects.standing().values("person"))


def copy_for(person: RegisteredPerson) -> list[dict[str, str]]:
    """Return a person's messages and e-mail address for the copy of their data (PIPL art. 45)."""
    messages = messages_of(person).select_related("event", "account").order_by("pk")
    known = told(messages, Person(person=person.pk))
    rows = [
        {_("told at"): printed_as(one.message.created_at), _("title"): one.title, _("text"): one.text} for one in known
    ]
    wishes = Preference.objects.filter(account__person=person).exclude(email="")
    return rows + [{_("e-mail address"): wish.email} for wish in wishes]


def is_in_post(actor: Actor) -> bool:
    """Say whether the actor acts in a post: only those have to-dos."""
    return actor.post is not None


def stands_in_register(actor: Actor) -> bool:
    """Say whether the actor has an entry: only those ask about their data."""
    return actor.person is not None


def wish_of(actor: Actor) -> Preference:
    """Return what the actor wants to be told how; an unsaved row with what holds without any wish."""
    account = account_key(actor) or 0
    return Preference.objects.filter(account=account).first() or Preference(account_id=account)


def undelivered(actor: Actor, *, token: str = "") -> Page[Delivery]:
    """Return a page of the SMS and e-mails that wait for an administrator of this area, newest first."""
    dead = Delivery.objects.visible_to(actor).dead().select_related("message__event", "digest")
    return page_of(dead, keys=("-id",), token=token)


def name_of(delivery: Delivery) -> str:
    """Name what is delivered without the matter or anybody in it."""
    if delivery.message is None:
        return _("Digest")
    template = templates.named(delivery.message.template)
    return template.name(delivery.message.event) if template else _("A message of an earlier time")


def holders(holdings: HoldingQuerySet) -> list[Recipient]:
    """Return who is to be told as holder of one of these posts today: an audience for templates. One query.

    An organisation's account is told only what concerns its delegate's post in that organisation.
    """
    own = Q(person__accounts__kind=AccountKind.NATURAL) | Q(person__accounts__body=F("post__body"))
    standing = holdings.on(clock.today()).filter(post__body__ended_on__isnull=True)
    today = standing.filter(own, person__accounts__is_active=True)
    found = today.order_by("pk").values_list("pk", "person__accounts")
    return [Recipient(account=account, post=f"{Holding._meta.label_lower}:{key}") for key, account in found]


def holders_in(body: int) -> list[Recipient]:
    """Return the people in the posts of a body today."""
    return holders(Holding.objects.filter(post__body=body))


def administrators(place_path: str) -> list[Recipient]:
    """Return the people who administer a place today."""
    codes = [code for code, role in ROLES.items() if Power.ADMINISTER in role.powers]
    at = Value(place_path, output_field=CharField())
    around = Holding.objects.annotate(at=at).filter(post__role__in=codes, at__startswith=F("post__body__place__path"))
    return holders(around)


def who_must_act(event: Event) -> list[Recipient]:
    """Return the people in the posts of the body that owes the to-do of this event, as of today."""
    body = Todo.objects.filter(pk=event.subject.rpartition(":")[2]).values_list("body", flat=True).first()
    return holders_in(body) if body is not None else []


def who_asked_about_data(event: Event) -> list[Recipient]:
    """Return the account of who asked about their data. Nobody for a copy, which is given at once, and for erased data: no way is left."""
    asked = DataRequest.objects.filter(pk=event.subject.rpartition(":")[2]).exclude(kind=RequestKind.EXPORT)
    accounts = Account.objects.filter(person__in=asked.values("person"), kind=AccountKind.NATURAL, is_active=True)
    return [Recipient(account=key) for key in accounts.values_list("pk", flat=True)]
