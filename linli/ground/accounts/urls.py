"""The map of the ways in."""

from django.urls import path

from .views import accounts, bodies, links, own, tokens

app_name = "accounts"
urlpatterns = [
    path("", accounts.index, name="index"),
    path("waiting/", accounts.waiting, name="waiting"),
    path("invite/<int:pk>/", accounts.invite, name="invite"),
    path("link/", links.accept, name="accept"),
    path("link/<str:code>/", links.follow, name="follow"),
    path("bodies/<str:reference>/", bodies.open_for, name="open_for"),
    path("own/close/", own.close_own, name="close_own"),
    path("act-as/", own.choose, name="choose"),
    path("act-as/<int:pk>/", own.act_as, name="act_as"),
    path("tokens/", tokens.list_tokens, name="tokens"),
    path("tokens/issue/<int:pk>/", tokens.issue, name="issue"),
    path("tokens/<int:id>/revoke/", tokens.revoke, name="revoke"),
    path("<int:id>/", accounts.show, name="show"),
    path("<int:id>/link/", accounts.invite_again, name="invite_again"),
    path("<int:id>/reset/", accounts.reset, name="reset"),
    path("<int:id>/unlock/", accounts.unlock, name="unlock"),
    path("<int:id>/close/", accounts.close, name="close"),
    path("<int:id>/delegate/", bodies.change_delegate, name="change_delegate"),
]
