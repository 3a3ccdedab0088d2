"""A partner's server that answers as told, and what is under way to it."""

from dataclasses import dataclass, field

from linli.commons.webhooks.models import Call, Subscription
from linli.ground.authority.actors import SYSTEM


@dataclass
class Partner:
    """A partner's server: what it heard, and what it answers."""

    url: str = ""
    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)


def subscribed(partner: Partner, *verbs: str, place_path: str = "1503") -> tuple[Subscription, str]:
    webhook, _is_fresh = Subscription.subscribe(
        label="12345 热线", url=partner.url, verbs=list(verbs) or ["test"], place_path=place_path, by=SYSTEM
    )
    return webhook, str(webhook.secret)


def states() -> list[tuple[str, int, str]]:
    return list(Call.objects.order_by("pk").values_list("status", "tries", "last_fault"))
