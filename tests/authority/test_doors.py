"""The guard: what one may not see is a 404, what one may not do a 403, and a visitor is sent to sign in."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from linli.ground.authority.actors import VISITOR, Actor, Person, Request
from linli.ground.authority.doors import SignInFirst, guarded, public
from linli.ground.authority.models import ApiToken

WORKER = Person(ref="people.account:1")


def request_by(actor: Actor) -> Request:
    request = Request()
    request.actor = actor
    return request


def may_enter(actor: Actor) -> bool:
    return bool(actor.post)


def test_a_public_door_says_so() -> None:
    @public
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse("open")

    assert view.rule == "public"
    assert view(HttpRequest()).content == b"open"


def test_a_visitor_is_asked_to_sign_in_and_a_person_is_refused() -> None:
    @guarded(may_enter)
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    with pytest.raises(SignInFirst):
        view(request_by(VISITOR))
    with pytest.raises(PermissionDenied) as refused:
        view(request_by(WORKER))
    assert not isinstance(refused.value, SignInFirst)


@pytest.mark.django_db
def test_a_thing_out_of_sight_is_not_found() -> None:
    @guarded(lambda actor, token: True, thing=ApiToken, by="pk")
    def view(request: HttpRequest, token: ApiToken) -> HttpResponse:
        return HttpResponse(token.label)

    with pytest.raises(Http404):
        view(request_by(WORKER), pk=1)


@pytest.mark.django_db
def test_a_stranger_who_sends_a_form_about_a_thing_is_asked_to_sign_in_whether_it_exists_or_not() -> None:
    @guarded(lambda actor, token: True, thing=ApiToken, by="pk")
    def view(request: HttpRequest, token: ApiToken) -> HttpResponse:
        return HttpResponse(token.label)

    request = request_by(VISITOR)
    request.method = "POST"
    with pytest.raises(SignInFirst):
        view(request, pk=1)
    request.actor = Person(contact="ab12")  # known by their phone
    with pytest.raises(Http404):
        view(request, pk=1)
