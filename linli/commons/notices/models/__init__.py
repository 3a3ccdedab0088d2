"""Messages and what carries them; webhooks."""

from .messages import Delivery, Digest, Message
from .outgoing import Outgoing, Sending
from .preferences import Channel, DigestPeriod, Preference
from .webhooks import Subscription, SubscriptionStatus, WebhookDelivery

__all__ = [
    "Channel",
    "Delivery",
    "Digest",
    "DigestPeriod",
    "Message",
    "Outgoing",
    "Preference",
    "Sending",
    "Subscription",
    "SubscriptionStatus",
    "WebhookDelivery",
]
