"""Sessions in the database, found by a worded query: every page asks for one (SESSION_ENGINE)."""

from datetime import UTC, datetime
from typing import Final

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from .prepared import Prepared

_KEPT: Final = Prepared(
    lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now),
    key="a key",
    now=datetime(1001, 1, 1, tzinfo=UTC),
)


class SessionStore(DatabaseStore):
    """Django's, but for how a session is found."""

    def _get_session_from_db(self) -> Session | None:
        found: Session | None = _KEPT.first(key=self.session_key or "", now=timezone.now())
        if found is None:
            self._session_key = None
        return found
