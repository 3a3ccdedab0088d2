"""Sign-in of staff through the city's own identity provider (OpenID Connect), on by LINLI_OIDC_*. allauth speaks the protocol.

The provider vouches for both factors; the account must exist here and is found by the user name in one claim. Nobody signs up this way.
"""

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import Provider
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from requests import RequestException

from . import queries, sessions


class Protocol(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """allauth's OpenID Connect, coming back to our own address."""

    def get_callback_url(self, request: HttpRequest, _app: object) -> str:
        """Return where the provider sends the person back to."""
        return request.build_absolute_uri(reverse("people:finish_oidc"))


class Adapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Turns what the provider says into one of our sessions, or sends the person back to the sign-in page."""

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> Provider:
        """Return the city's provider, which speaks our protocol."""
        found = super().get_provider(request, provider, client_id)
        found.oauth2_adapter_class = Protocol
        return found

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Sign in the account with the user name that the provider has vouched for."""
        said = sociallogin.account.extra_data
        claims = {**said.get("id_token", {}), **said.get("userinfo", {})}
        account = queries.staff_account(str(claims.get(settings.OIDC_CLAIM, "")))
        if account is None:
            messages.error(request, _("The identity provider knows you, but there is no account of yours here yet."))
            raise ImmediateHttpResponse(redirect("people:sign_in_staff"))
        sessions.open_session(request, account, strong=True)
        raise ImmediateHttpResponse(redirect(sessions.next_of(request)))

    def on_authentication_error(self, request: HttpRequest, *_args: object, **_details: object) -> None:
        """Say that it did not work, and offer the password."""
        raise ImmediateHttpResponse(_back(request))


def start(request: HttpRequest) -> HttpResponse:
    """Send the person to the provider."""
    return _speak(OAuth2LoginView, request)


def finish(request: HttpRequest) -> HttpResponse:
    """Take the person back from the provider."""
    return _speak(OAuth2CallbackView, request)


def _speak(view: type[OAuth2LoginView] | type[OAuth2CallbackView], request: HttpRequest) -> HttpResponse:
    try:
        answer: HttpResponse = view.adapter_view(Protocol(request, "city"))(request)
    except RequestException:  # the provider is down
        return _back(request)
    return answer


def _back(request: HttpRequest) -> HttpResponse:
    messages.error(request, _("The identity provider did not let you in. You can use your password instead."))
    return redirect("people:sign_in_staff")
