"""Taking files in, keeping them with a thing, removing them."""

from .reading import MAX_BYTES, Reading, read
from .storing import MAX_DRAFTS, MOST, attach, clean_drafts, clean_storage, discard, draft, keep

__all__ = [
    "MAX_BYTES",
    "MAX_DRAFTS",
    "MOST",
    "Reading",
    "attach",
    "clean_drafts",
    "clean_storage",
    "discard",
    "draft",
    "keep",
    "read",
]
