"""Entering the demo city as one of its cast."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from linli.ground.authority.doors import public
from linli.ground.people.sessions import open_session

from . import queries


@require_safe
@public
def index(request: HttpRequest) -> HttpResponse:
    """Show whom one can enter as."""
    if not queries.is_demo():
        raise Http404
    return render(request, "demo/index.html", {"cast": queries.cast()})


@require_POST
@public
def enter(request: HttpRequest, role: str) -> HttpResponse:
    """Enter as one of the cast; there is no such door outside a demo city."""
    member = queries.member(role)
    if member is None:
        raise Http404
    open_session(request, member.account, strong=True)
    return redirect("desk:home" if member.account.username else "portal:home")
