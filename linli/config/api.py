"""The API: one door for machines, mounted at /api/. Each app's router stands under its own name."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.openapi.schema import OpenAPISchema

from linli.ground.authority.tokens import WHO
from linli.ground.core.lifecycle import Conflict, Refused

FAULT: Final = {
    "type": "object",
    "title": "Fault",
    "description": "Why there is no answer, in one sentence.",
    "properties": {"detail": {"type": "string"}},
    "required": ["detail"],
}
REFUSALS: Final = {
    400: "The request is malformed",
    401: "No token, or one that has ended",
    403: "The post does not allow this",
    404: "Not there, or not for this post to see",
    409: "Overtaken, or the status does not allow the step",
    422: "A value that cannot be taken",
    429: "Too many calls in this minute",
}
"""What any operation may answer, whatever its own room declares."""
HEADERS: Final = {
    429: {"Retry-After": {"description": "Seconds until the next call is taken", "schema": {"type": "integer"}}}
}
FLOODS: Final = (
    "How many calls a minute one token may make, or one address without a token, is set by the city; reading (GET) and bringing (POST) are"
    " counted apart. What is more is answered by 429 with Retry-After."
)
WORDS: Final = {"worklist": "cases", "opinions": "services", "ratings": "services"}
"""Apps whose operations stand under the word that people know them by."""


class CityAPI(NinjaAPI):
    """The API with the refusals that every operation shares in its contract."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Return the contract; each operation declares the common refusals beside its own answers."""
        schema = super().get_openapi_schema(**options)
        schema["components"].setdefault("schemas", {})["Refusal"] = FAULT
        body = {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}}
        for operations in schema["paths"].values():
            for operation in operations.values():
                for status, words in REFUSALS.items():
                    told = {"description": words, "content": body}
                    told |= {"headers": HEADERS[status]} if status in HEADERS else {}
                    operation["responses"].setdefault(status, told)
        return schema


api = CityAPI(title="Linli 邻里", version="1", description=FLOODS, auth=WHO, docs_url=None, urls_namespace="api")
for app in settings.LINLI_APPS:
    if find_spec(f"{app}.api"):
        name = app.rpartition(".")[2]
        api.add_router(f"/{WORDS.get(name, name)}", import_module(f"{app}.api").router)


def _said(request: HttpRequest, status: int, detail: str) -> HttpResponse:
    return api.create_response(request, {"detail": detail}, status=status)


def too_many(request: HttpRequest, text: str) -> HttpResponse:
    """Answer 429: a call of a flood (`floods`)."""
    return _said(request, 429, text)


@api.exception_handler(PermissionDenied)
def forbidden(request: HttpRequest, _error: PermissionDenied) -> HttpResponse:
    """Answer 403: seen, but not allowed."""
    return _said(request, 403, _("Your post does not allow this."))


@api.exception_handler(Http404)
def missing(request: HttpRequest, _error: Http404) -> HttpResponse:
    """Answer 404: not there, or not for this post to see."""
    return _said(request, 404, _("There is nothing here that you may see."))


@api.exception_handler(ValidationError)
def untaken(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer 422: which value cannot be taken, and why."""
    return _said(request, 422, "; ".join(_fault(one) for one in error.errors))


def _fault(one: dict[str, Any]) -> str:
    """Name the value as who sent it did: where it stood, and the parameter's name inside the house, are left out."""
    path = one["loc"][2:] or one["loc"][1:]
    return f"{'.'.join(str(part) for part in path)}: {_('is missing') if one['type'] == 'missing' else one['msg']}"


@api.exception_handler(SuspiciousOperation)
def nonsense(request: HttpRequest, _error: SuspiciousOperation) -> HttpResponse:
    """Answer 400: the request makes no sense."""
    return _said(request, 400, _("The request is malformed."))


@api.exception_handler(Conflict)
def overtaken(request: HttpRequest, _error: Conflict) -> HttpResponse:
    """Answer 409: somebody else was first."""
    return _said(request, 409, _("Somebody else has changed this in the meantime. Load it again."))


@api.exception_handler(Refused)
def refused(request: HttpRequest, _error: Refused) -> HttpResponse:
    """Answer 409: the status does not allow the step."""
    return _said(request, 409, _("The present status does not allow this step."))
