"""What a person wants to be told, and the proof that an e-mail address is theirs."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.commons.notices import channels
from linli.commons.notices.models import Preference
from linli.commons.notices.models.messages import account_key
from linli.ground.authority.actors import Actor


def choose(*, muted: list[str], digest: str, email: str, by: Actor) -> Preference:
    """Keep the actor's wishes; a new address is sent a link that confirms it. Raises channels.Undelivered, and then keeps nothing."""
    with transaction.atomic():
        wish, _made = Preference.objects.get_or_create(account_id=account_key(by) or 0)
        before = wish.email
        wish.choose(muted=muted, digest=digest, email=email, by=by)
        if email and (email != before or wish.confirmed_at is None):
            link = settings.SITE_ADDRESS + reverse("notices:confirm", args=[wish.ticket()])
            text = _("Open this link within a day so that messages from your community may come to this address:")
            channels.send_email(email, _("Please confirm your e-mail address"), f"{text}\n\n{link}")
    return wish
