"""Links into accounts, and accounts as the administrator of their place keeps them."""

import secrets
from datetime import timedelta
from typing import ClassVar, Final, Self

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Sum, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power
from linli.ground.authority.roles import RoleCode
from linli.ground.core import clock
from linli.ground.core.codes import ALPHABET
from linli.ground.core.crypto import blind_index
from linli.ground.core.lifecycle import Refused, Stateful, status_field, step
from linli.ground.organisations.models import Body, Holding
from linli.ground.people.models import Account, AccountKind

LIFE: Final = timedelta(hours=72)
"""How long a link is good: long enough for a weekend, short enough that a forgotten slip opens nothing."""
LENGTH: Final = 20  # 30^20 ≈ 3.5e29: cannot be guessed, can still be typed from paper
GROUP: Final = 4


class Lost(models.TextChoices):
    """What somebody can no longer sign in with."""

    PASSWORD = "password", _("the password")
    PHONE = "phone", _("the phone with the authenticator app")
    BOTH = "both", _("both")


class LinkStatus(models.TextChoices):
    """The life of a link; one that has run out stays open and opens nothing."""

    OPEN = "open", pgettext_lazy("link", "open")
    USED = "used", _("used")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Invitation(Stateful):
    """A link into an account, handed over by an administrator: good once, for 72 hours. Only its keyed hash is kept."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="invitations", verbose_name=_("account"))
    digest = models.CharField(max_length=64, unique=True, editable=False)
    place_path = models.CharField(_("place"), max_length=20, blank=True)
    created_at = models.DateTimeField(_("created"), default=clock.now)
    expires_at = models.DateTimeField(_("good until"))
    status = status_field(LinkStatus, LinkStatus.OPEN)
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        """An account has one open link at most; a status goes with its time."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(status=LinkStatus.OPEN),
                name="one_open_link",
                violation_error_message=_("This account has an open link already."),
            ),
            models.CheckConstraint(
                condition=Q(status="open", used_at__isnull=True, withdrawn_at__isnull=True)
                | Q(status="used", used_at__isnull=False, withdrawn_at__isnull=True)
                | Q(status="withdrawn", used_at__isnull=True, withdrawn_at__isnull=False),
                name="link_status_has_time",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=models.F("created_at")), name="link_lives"),
        ]
        verbose_name = _("link into an account")

    def __str__(self) -> str:
        """Name the account's row, never the code."""
        return f"link into account {self.account_id}"

    @staticmethod
    def new_code() -> str:
        """Return a fresh code in groups of four, as it stands in the address: `7K3M-9QXB-…`."""
        code = "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))
        return "-".join(code[at : at + GROUP] for at in range(0, LENGTH, GROUP))

    @staticmethod
    def digest_of(code: str) -> str:
        """Return the keyed hash of a code however typed."""
        return blind_index("".join(code.upper().replace("-", "").split()), "accounts.invitation")

    @property
    def is_good(self) -> bool:
        """Whether it can still be used."""
        return self.status == LinkStatus.OPEN and clock.now() < self.expires_at and self.account.is_active

    @step(source=[LinkStatus.OPEN], target=LinkStatus.USED)
    def use(self, *, by: Actor) -> None:  # noqa: ARG002 (the log's word)
        """The invited person has come in; raises Refused for one that has run out."""
        if not self.is_good:
            raise Refused(self, "use")
        self.used_at = clock.now()

    @step(source=[LinkStatus.OPEN], target=LinkStatus.WITHDRAWN)
    def withdraw(self, *, by: Actor) -> None:  # noqa: ARG002
        """A newer link takes its place, or the account is closed."""
        self.withdrawn_at = clock.now()


class State(models.TextChoices):
    """How an account stands today, the first that fits counting from the bottom."""

    ACTIVE = "active", pgettext_lazy("account", "active")
    INVITED = "invited", _("invited")
    EXPIRED = "expired", _("link ran out")
    LOCKED = "locked", _("locked")
    CLOSED = "closed", pgettext_lazy("account", "closed")


class KeptAccountQuerySet(models.QuerySet["KeptAccount"]):
    """How an administrator finds accounts."""

    def visible_to(self, actor: Actor) -> Self:
        """Return the accounts of those who hold or held a post within the administrator's place, and of its organisations."""
        area = actor.area(Power.ADMINISTER)
        if area is None:
            return self.none()
        held = Holding.objects.filter(person=OuterRef("person"), post__body__place__path__startswith=area)
        staff = Q(Exists(held), Q(username__isnull=False) | Q(is_active=False), kind=AccountKind.NATURAL)
        bodies = Q(body__in=Body.objects.under(area).values("pk")) & ~Q(kind=AccountKind.NATURAL)
        return self.filter(staff | bodies).select_related("person__personal").with_state()

    def with_state(self) -> Self:
        """Add how each account stands."""
        now = clock.now()
        failed = AccessAttempt.objects.filter(
            username=OuterRef("username"), attempt_time__gte=now - settings.AXES_COOLOFF_TIME
        )
        total = failed.order_by().values("username").annotate(total=Sum("failures_since_start"))
        locked = Q(Exists(total.filter(total__gte=settings.AXES_FAILURE_LIMIT)))
        waits = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX) | Q(second_factor__voided_at__isnull=False)
        link = Invitation.objects.filter(account=OuterRef("pk"), status=LinkStatus.OPEN, expires_at__gt=now)
        return self.annotate(
            state=Case(
                When(is_active=False, then=Value(State.CLOSED.value)),
                When(locked | Q(second_factor__locked_until__gt=now), then=Value(State.LOCKED.value)),
                When(waits & Q(Exists(link)), then=Value(State.INVITED.value)),
                When(waits, then=Value(State.EXPIRED.value)),
                default=Value(State.ACTIVE.value),
                output_field=models.CharField(),
            )
        )


class KeptAccount(Account):
    """An account of staff or of an organisation as the administrator of its place keeps it, with its state."""

    objects = KeptAccountQuerySet.as_manager()  # type: ignore[assignment, misc]  # a narrower manager than the base has
    state: str

    class Meta:
        """The same rows as people's accounts."""

        proxy = True
        verbose_name = _("account")

    @property
    def standing(self) -> State:
        """How it stands today; only for accounts that were loaded with their state."""
        return State(self.state)

    def is_within(self, area: str) -> bool:
        """Whether nothing that it opens lies outside a place. One query for a natural person, none for an organisation."""
        return self.kind != AccountKind.NATURAL or self.person_id is None or holds_only_within(self.person_id, area)


def holdings_of(account: Account) -> QuerySet[Holding]:
    """Return the posts that an account acts in, of any time: an organisation's its delegate's there, a person's own all others."""
    held = Holding.objects.filter(person=account.person_id or 0)
    if account.kind == AccountKind.NATURAL:
        return held.exclude(post__role=RoleCode.DELEGATE)
    return held.filter(post__role=RoleCode.DELEGATE, post__body=account.body or 0)


def holds_only_within(person: int, area: str) -> bool:
    """Say whether every post that a person holds today or later lies within a place: who keeps a part must not open the whole."""
    running = Holding.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=clock.today()), person=person)
    return not running.exclude(post__body__place__path__startswith=area).exists()
