"""The posts of a body at the desk: add one, rename it, change its seats, abolish it."""

from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import guarded
from linli.ground.authority.roles import RoleCode
from linli.ground.core import clock
from linli.ground.organisations.forms import typed
from linli.ground.organisations.models import Body, Post
from linli.ground.organisations.views.desk import changed

from . import actions, queries
from .forms import AbolishForm, AddForm, RenameForm, ResizeForm
from .rules import may_abolish, may_add, may_rename, may_resize

WARNING = gettext_lazy(
    "The post ends today, %(day)s, and cannot be opened again; a new one of the same name can be added. "
    "Who held it stays on record."
)


@guarded(may_add, thing=Body)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, body: Body) -> HttpResponse:
    """Add a post to a body."""
    bounds = queries.bounds_of(body)
    form = AddForm(typed(request), body=body, is_fixed=bounds.is_fixed)

    def change() -> None:
        given = form.cleaned_data | {"role": RoleCode(form.cleaned_data["role"])}
        actions.add(body, **given, by=actor_of(request))

    page = {
        "heading": _("Add a post: %(body)s") % {"body": body.name},
        "button": _("Add the post"),
        "note": bounds.sentence,
    }
    return changed(request, body, form, change, said=_("%(body)s has a new post. Now fill it."), page=page)


@guarded(may_rename, thing=Post, by="pk")
@require_http_methods(["GET", "POST"])
def rename(request: HttpRequest, post: Post) -> HttpResponse:
    """Give a post another name."""
    form = RenameForm(typed(request), initial={"name": post.name})
    page = {
        "heading": _("Rename the post: %(post)s") % {"post": post.name},
        "button": _("Rename"),
        "note": _(
            "Who holds it holds it on; what was recorded before is shown under the new name. To undo this, rename it again."
        ),
    }
    return changed(
        request,
        post.body,
        form,
        lambda: actions.rename(post, **form.cleaned_data, by=actor_of(request)),
        said=_("The post is renamed."),
        page=page,
    )


@guarded(may_resize, thing=Post, by="pk")
@require_http_methods(["GET", "POST"])
def resize(request: HttpRequest, post: Post) -> HttpResponse:
    """Give a post more or fewer seats."""
    bounds = queries.bounds_of(post.body)
    form = ResizeForm(typed(request), is_fixed=bounds.is_fixed, initial={"seats": post.seats})
    page = {
        "heading": _("Change the seats: %(post)s") % {"post": post.name},
        "button": _("Change the seats"),
        "note": bounds.sentence,
    }
    return changed(
        request,
        post.body,
        form,
        lambda: actions.resize(post, **form.cleaned_data, by=actor_of(request)),
        said=_("The seats are changed."),
        page=page,
    )


@guarded(may_abolish, thing=Post, by="pk")
@require_http_methods(["GET", "POST"])
def abolish(request: HttpRequest, post: Post) -> HttpResponse:
    """Abolish an empty post after a confirmation."""
    bounds = queries.bounds_of(post.body)
    form = AbolishForm(typed(request), is_fixed=bounds.is_fixed)
    today = date_format(clock.today(), "DATE_FORMAT")
    page = {
        "heading": _("Abolish the post: %(post)s") % {"post": post.name},
        "button": _("Abolish the post %(post)s") % {"post": post.name},
        "warning": WARNING % {"day": today},
        "note": bounds.sentence,
    }

    def change() -> None:
        actions.abolish(post, reason=form.cleaned_data["reason"], by=actor_of(request))

    return changed(request, post.body, form, change, said=_("The post is abolished."), page=page)
