"""Addresses of the register, of holds, and of one's own data."""

from django.urls import path

from .views import holds, register, rights

app_name = "residents"
urlpatterns = [
    path("", register.list_residents, name="list"),
    path("enter/", register.enter, name="enter"),
    path("register.xlsx", register.download, name="download"),
    path("requests/", rights.requests, name="requests"),
    path("requests/<str:reference>/", rights.decide, name="decide"),
    path("requests/<str:reference>/refuse/", rights.refuse, name="refuse"),
    path("me/", rights.me, name="me"),
    path("me/ask/", rights.ask, name="ask"),
    path("me/withdraw/", rights.withdraw, name="withdraw"),
    path("me/export/<str:reference>/", rights.export, name="export"),
    path("holds/", holds.list_holds, name="list_holds"),
    path("holds/<str:reference>/lift/", holds.lift, name="lift"),
    path("<int:id>/", register.show, name="show"),
    path("<int:id>/correct/", register.correct, name="correct"),
    path("<int:id>/unmask/", register.unmask, name="unmask"),
    path("<int:id>/mark-died/", register.mark_died, name="mark_died"),
    path("<int:id>/mark-left/", register.mark_left, name="mark_left"),
    path("<int:id>/mark-back/", register.mark_back, name="mark_back"),
    path("<int:id>/undo-mark-died/", register.undo_mark_died, name="undo_mark_died"),
    path("<int:id>/undo-mark-left/", register.undo_mark_left, name="undo_mark_left"),
    path("<int:id>/kinship/", register.declare_kinship, name="declare_kinship"),
    path("<int:id>/confirm/", register.confirm, name="confirm"),
    path("<int:id>/hold/", holds.hold, name="hold"),
]
