"""The step by which a department has its say."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.flows.services.models import Application
from linli.flows.services.steps import take
from linli.ground.authority.doors import guarded

from . import actions, rules
from .forms import OpinionForm


@require_POST
@guarded(rules.may_give_opinion, thing=Application)
def give_opinion(request: HttpRequest, one: Application) -> HttpResponse:
    """Give the opinion of one's department."""
    return take(request, one, OpinionForm(request.POST), actions.give_opinion, _("Given. The lead has been told."))
