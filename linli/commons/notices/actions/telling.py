"""Events become messages: one row per recipient, written in batches, in the transaction in which the follower moves on."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice

from django.db import transaction
from django.db.models import OuterRef, Subquery

from linli.commons.notices import templates
from linli.commons.notices.models import Channel, Delivery, Digest, DigestPeriod, Message, Preference
from linli.commons.notices.templates import Recipient, Template, Urgency
from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.core.models import Event

BATCH = 1000
FRESH = timedelta(days=1)
"""What is older when it is told (a new follower, a restored city) goes to the inbox only: nobody wants last year's SMS."""


def fan_out(event: Event) -> None:
    """Tell the event to everybody whom some app has named (follower "notices")."""
    for template in templates.of(event.verb):
        tell(event=event, template=template, recipients=template.audience(event))


@transaction.atomic
def tell(*, event: Event, template: Template, recipients: Iterable[Recipient]) -> int:
    """Write one message per recipient who has none about this event yet, and its deliveries; return how many."""
    told: set[tuple[int | None, str]] = set(Message.objects.filter(event=event).values_list("account", "contact"))
    number = 0
    for batch in _batches(_fresh(recipients, told)):
        wishes = {one.account_id: one for one in Preference.objects.filter(account__in=[r.account for r in batch])}
        messages = Message.objects.bulk_create(
            [_message(event, template, r, wishes.get(r.account or 0)) for r in batch]
        )
        if _is_news(event):
            Delivery.objects.bulk_create(_deliveries(template, messages, wishes))
        number += len(messages)
    return number


def _fresh(recipients: Iterable[Recipient], told: set[tuple[int | None, str]]) -> Iterator[Recipient]:
    for one in recipients:
        if (one.account, one.contact) not in told:
            told.add((one.account, one.contact))
            yield one


def _batches(recipients: Iterator[Recipient]) -> Iterator[list[Recipient]]:
    while batch := list(islice(recipients, BATCH)):
        yield batch


def _message(event: Event, template: Template, to: Recipient, wish: Preference | None) -> Message:
    return Message(
        event_id=event.pk,
        template=template.key,
        account_id=to.account,
        contact=to.contact,
        phone=to.phone if Channel.SMS in template.channels and _is_news(event) else "",
        post=to.post,
        created_at=event.at,
        gather=_gathers(template, wish) and _is_news(event),
    )


def _deliveries(template: Template, messages: list[Message], wishes: dict[int, Preference]) -> Iterator[Delivery]:
    urgent = template.urgency == Urgency.URGENT
    for channel in template.channels:
        first = Delivery(channel=channel, urgent=urgent).allowed_from(clock.now())
        for message in messages:
            if _comes(message, channel, template, wishes.get(message.account_id or 0)):
                yield Delivery(message_id=message.pk, channel=channel, urgent=urgent, next_try_at=first)


def _comes(message: Message, channel: Channel, template: Template, wish: Preference | None) -> bool:
    """Say whether the message goes over the channel: not switched off, an address is there, not gathered for the digest."""
    if wish is not None and not wish.wants(template.group.code, channel):
        return False
    if channel == Channel.EMAIL:
        return wish is not None and wish.confirmed_at is not None and not message.gather
    return message.account_id is not None or bool(message.phone)


def _is_news(event: Event) -> bool:
    return clock.now() - event.at <= FRESH


def _gathers(template: Template, wish: Preference | None) -> bool:
    """Say whether the message waits for the day's digest."""
    return (
        wish is not None
        and wish.digest == DigestPeriod.DAILY
        and wish.confirmed_at is not None
        and template.urgency == Urgency.NORMAL
        and Channel.EMAIL in template.channels
        and wish.wants(template.group.code, Channel.EMAIL)
    )


def compose_digests() -> int:
    """Gather what each account has not read since its last digest into today's one; return how many were made."""
    with transaction.atomic():
        day = clock.today()
        waiting = Message.objects.unread().filter(gather=True)
        had = Digest.objects.filter(day=day).values("account")
        accounts = waiting.exclude(account__in=had).values_list("account", flat=True).distinct()
        made = Digest.objects.bulk_create([Digest(account_id=one, day=day) for one in accounts], batch_size=BATCH)
        mine = Digest.objects.filter(pk__in=[one.pk for one in made], account=OuterRef("account"))
        waiting.filter(account__in=[one.account_id for one in made]).update(
            digest=Subquery(mine.values("pk")), gather=False
        )
        Delivery.objects.bulk_create(
            [Delivery(digest=one, channel=Channel.EMAIL, next_try_at=clock.now()) for one in made], batch_size=BATCH
        )
    return len(made)


def read_all(*, by: Actor) -> int:
    """Mark everything in the actor's inbox as read; return how many."""
    return Message.objects.visible_to(by).unread().update(read_at=clock.now())
