"""API tokens: a program acts in one post, and only while that post is held."""

import hashlib
import secrets
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.ground.core import clock
from linli.ground.core.actions import record

from .actors import Actor

PREFIX = "linli_"


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    """How tokens are found."""

    def visible_to(self, actor: Actor) -> Self:
        """Return the tokens of the post in which the actor acts."""
        return self.filter(post=actor.post_ref) if actor.post_ref else self.none()

    def live(self) -> Self:
        """Return the tokens that have not been revoked."""
        return self.filter(revoked_at__isnull=True)


class ApiToken(models.Model):
    """A key for a program, bound to a post: it ends when the post does. Only its hash is kept."""

    digest = models.CharField(max_length=64, unique=True, editable=False)
    post = models.CharField(_("post"), max_length=100)
    label = models.CharField(_("what it is for"), max_length=100)
    created_at = models.DateTimeField(_("created"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API token")

    def __str__(self) -> str:
        return self.label

    @classmethod
    def issue(cls, *, post: str, label: str, by: Actor) -> tuple["ApiToken", str]:
        """Make a token and return it with its secret, which is shown this once."""
        secret = PREFIX + secrets.token_urlsafe(32)
        token = cls.objects.create(digest=digest_of(secret), post=post, label=label, created_at=clock.now())
        record("authority.apitoken.issue", token, by=by)
        return token, secret

    def revoke(self, *, by: Actor) -> None:
        """End the token at once."""
        self.revoked_at = clock.now()
        self.save(update_fields=["revoked_at"])
        record("authority.apitoken.revoke", self, by=by)


def digest_of(secret: str) -> str:
    """Return the hash under which a secret is kept; it has 256 random bits, so a plain hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()
