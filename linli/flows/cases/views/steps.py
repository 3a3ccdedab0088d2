"""The steps of a case, one door for each verb: what was typed is done, or comes back with the reason."""

from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from linli.flows.cases import actions, rules
from linli.flows.cases.models import Case
from linli.flows.cases.steps import take
from linli.ground.authority.doors import guarded

DONE: Final[dict[str, Promise]] = {  # what is said once it is done
    "accept": _("Accepted. The resident has been told."),
    "answer": _("Answered. The resident is asked to rate it."),
    "close": _("Closed."),
    "extend": _("The time limit is longer now. The resident has been told why."),
    "inform": _("Sent. The resident reads it."),
    "note": _("The note is kept."),
    "refuse": _("Not taken on. The resident has been told the channel that is there for it."),
    "reopen": _("Reopened. The time limit starts anew."),
    "resume": _("Taken up again. The time limit goes on."),
    "suspend": _("Suspended. The time limit stands."),
    "urge": _("Urged. The lead has been told."),
}


def door(verb: str) -> Callable[..., Any]:
    """Return the door of a step: by its rule `may_<verb>` to its action of the same name."""

    def view(request: HttpRequest, case: Case) -> HttpResponse:
        return take(request, case, f"cases:{verb}", getattr(actions, verb), str(DONE[verb]))

    return require_POST(guarded(getattr(rules, f"may_{verb}"), thing=Case)(view))
