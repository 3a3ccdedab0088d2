"""The doors of the ways in: accounts, organisations' accounts, links, tokens."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from linli.ground.accounts import queries
from linli.ground.accounts.actions import Slip


def typed(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, an empty form included; None where the page is only being looked at."""
    return request.POST if request.method == "POST" else None


def hand_over(request: HttpRequest, slip: Slip) -> HttpResponse:
    """Show the slip, this once: whom it is for, the address as it stands on paper and as a QR code, until when it is good."""
    address = request.build_absolute_uri(reverse("accounts:follow", args=[slip.code]))
    page = {"slip": slip, "address": address, "posts": queries.posts_of([slip.account])[slip.account.pk]}
    return render(request, "accounts/slip.html", page, status=201)
