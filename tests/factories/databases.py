"""Where a process that a test starts finds its city."""

import os
from urllib.parse import quote, urlsplit, urlunsplit


def environ_of(name: str) -> dict[str, str]:
    """The environment of this process, with another database of the same server."""
    addresses = {one: urlsplit(os.environ[one]) for one in ("DATABASE_URL", "DATABASE_OWNER_URL")}
    return os.environ | {one: urlunsplit(at._replace(path=f"/{quote(name)}")) for one, at in addresses.items()}
