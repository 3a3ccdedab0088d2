"""API tokens: a program acts in one post, and only while that post is held."""

import hashlib
import secrets
from typing import Self

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.ground.core import clock
from linli.ground.core.actions import record

from .actors import Actor
from .powers import Power

PREFIX = "linli_"


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    """How tokens are found."""

    def visible_to(self, actor: Actor) -> Self:
        """Return the tokens of the post in which the actor acts, and to an administrator those of every post of the own place."""
        area, own = actor.area(Power.ADMINISTER), Q(post=actor.post_ref) & ~Q(post="")
        return self.filter(own if area is None else own | Q(place_path__startswith=area) & ~Q(place_path=""))

    def live(self) -> Self:
        """Return the tokens that have not been revoked."""
        return self.filter(revoked_at__isnull=True)


class ApiToken(models.Model):
    """A key for a program, bound to a post: it ends when the post does. Only its hash is kept."""

    digest = models.CharField(max_length=64, unique=True, editable=False)
    post = models.CharField(_("post"), max_length=100)
    place_path = models.CharField(_("place"), max_length=20, blank=True, editable=False)
    """The place of the post's body, whose administrator sees to the token."""
    label = models.CharField(_("what it is for"), max_length=100)
    created_at = models.DateTimeField(_("created"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API token")

    @classmethod
    @transaction.atomic
    def issue(cls, *, post: str, label: str, place_path: str = "", by: Actor) -> tuple["ApiToken", str]:
        """Make a token and return it with its secret, which is shown this once; without the place only the post's holder sees it."""
        secret = PREFIX + secrets.token_urlsafe(32)
        now, digest = clock.now(), digest_of(secret)
        token = cls.objects.create(digest=digest, post=post, place_path=place_path, label=label, created_at=now)
        record("authority.apitoken.issue", token, by=by, place_path=place_path)
        return token, secret

    @transaction.atomic
    def revoke(self, *, by: Actor) -> None:
        """End the token at once; one that has been revoked already stays as it was."""
        ended = ApiToken.objects.live().filter(pk=self.pk).update(revoked_at=clock.now())
        self.refresh_from_db(fields=["revoked_at"])
        if ended:
            record("authority.apitoken.revoke", self, by=by, place_path=self.place_path)


def digest_of(secret: str) -> str:
    """Return the hash under which a secret is kept; it has 256 random bits, so a plain hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()
