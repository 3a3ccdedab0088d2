"""Doors for programs by Open311 GeoReport v2. To read needs no key; to bring a request needs the API token of a post."""

from typing import cast

from django.http import Http404, HttpRequest
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from linli.commons.calendar.models.wording import moment
from linli.commons.routing.queries import NoLead
from linli.flows.cases import rules
from linli.flows.publicity.queries import public_cases
from linli.ground.authority.actors import VISITOR, Request, actor_of
from linli.ground.authority.doors import guarded, public
from linli.ground.authority.tokens import actor_by

from . import actions, forms, queries
from .georeport import BAD, CHANGED, FORMATS, SPECIFICATION, Entry, Faults, Said, Value, key_of, spoken


@require_safe
@spoken
@public
def discovery(request: HttpRequest, *, is_trial: bool = False) -> Said:  # noqa: ARG001 (both endpoints are told of at either)
    """Say where the endpoints are: the city itself, and one that keeps nothing, for trying a program out."""
    formats: list[Value] = list(reversed(FORMATS.values()))
    endpoints: list[Value] = [
        {
            "specification": SPECIFICATION,
            "url": request.build_absolute_uri(address),
            "changeset": CHANGED,
            "type": kind,
            "formats": formats,
        }
        for kind, address in (("production", "/open311/v2"), ("test", "/open311/test/v2"))
    ]
    told: Entry = {"changeset": CHANGED, "contact": queries.contact(), "key_service": queries.key_service()}
    return "discovery", told | {"endpoints": endpoints}


@require_safe
@spoken
@public
def services(request: HttpRequest, *, is_trial: bool = False) -> Said:  # noqa: ARG001
    """List the categories that everybody may read."""
    return "services", queries.service_list(queries.services().values())


@require_safe
@spoken
@public
def service(request: HttpRequest, code: str, *, is_trial: bool = False) -> Said:  # noqa: ARG001
    """Say what a category asks."""
    category = queries.services().get(code)
    if category is None:
        raise Http404
    return "service_definition", queries.definition(category)


@csrf_exempt  # a program comes without cookies: a session counts for nothing here
@require_http_methods(["GET", "HEAD", "POST"])
@spoken
@public
def requests(request: HttpRequest, *, is_trial: bool = False) -> Said:
    """List requests, or take one in."""
    if request.method == "POST":
        cast("Request", request).actor = actor_by(key_of(request)) or VISITOR
        taken: Said = report(request, is_trial=is_trial)
        return taken
    wanted = forms.searched(request)
    found = queries.found(wanted)
    return "service_requests", queries.entries_of(found, extended=wanted.extended)


@guarded(rules.may_register)
def report(request: HttpRequest, *, is_trial: bool) -> Said:
    """Take a request in for the post of the key; the same with the same Idempotency-Key comes in once."""
    form, category, answers = forms.brought(request, queries.services())
    typed = form.cleaned_data
    place = queries.place_of(typed["address_id"], typed["address_string"], typed["lat"], typed["long"])
    if place is None:
        raise Faults((BAD, _("address_id: no place of this city; the code of a community is 12 figures.")))
    brought = actions.Brought(
        category, answers, form.text, place, form.where, form.name, typed["phone"], _sending(request)
    )
    try:
        receipt = (actions.try_out if is_trial else actions.report)(brought, by=actor_of(request))
    except NoLead as error:
        raise Faults((BAD, _("address_id: nobody takes needs there yet."))) from error
    told = _("%(lead)s leads it and answers by %(due)s.")
    notice = told % {"lead": receipt.lead, "due": moment(localtime(receipt.due_at))}
    if not receipt.is_new:
        notice = _("It is known already and under way; your report supports it.") + notice
    return "service_requests", [{"service_request_id": receipt.reference, "service_notice": notice, "account_id": None}]


@require_safe
@spoken
@public
def request_of(request: HttpRequest, reference: str, *, is_trial: bool = False) -> Said:  # noqa: ARG001
    """Show one request."""
    found = list(public_cases().filter(reference=reference))
    if not found:
        raise Http404
    return "service_requests", queries.entries_of(found, extended=request.GET.get("extensions") == "true")


@require_safe
@spoken
@public
def token(request: HttpRequest, reference: str, *, is_trial: bool = False) -> Said:  # noqa: ARG001
    """Say which request a token stands for: every request has its number at once, so that its token is the number itself."""
    if not public_cases().filter(reference=reference).exists():
        raise Http404
    return "service_requests", [{"service_request_id": reference, "token": reference}]


def _sending(request: HttpRequest) -> str:
    return request.headers.get("Idempotency-Key", "")[:100]
