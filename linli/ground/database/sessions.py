"""Sessions in the database and whose they are, by worded queries: every page asks for both (SESSION_ENGINE, AUTHENTICATION_BACKENDS)."""

from datetime import UTC, datetime
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.module_loading import import_string

from .prepared import Prepared
from .standing import take_note, with_notes

_KEPT: Final = Prepared(
    lambda key, now: with_notes(Session.objects.filter(session_key=key, expire_date__gt=now)),
    key="a key",
    now=datetime(1001, 1, 1, tzinfo=UTC),
)
BACKEND: Final = "linli.ground.database.sessions.UserBackend"


class UserBackend(ModelBackend):
    """Django's, but for how the user of a session is found: as the settings say (ACCOUNT_RESOLVER)."""

    def get_user(self, user_id: int) -> Any:
        """Return the user, if they may still sign in."""
        found = import_string(settings.ACCOUNT_RESOLVER)(user_id)
        return found if found is not None and self.user_can_authenticate(found) else None


class SessionStore(DatabaseStore):
    """Django's, but for how a session is found."""

    def _get_session_from_db(self) -> Session | None:
        found: Session | None = _KEPT.first(key=self.session_key or "", now=timezone.now())
        if found is None:
            self._session_key = None
        else:
            take_note(found)
        return found
