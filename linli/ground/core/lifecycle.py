"""Steps: the only way a thing changes its status. One step = row lock + check + body + save + one event, in one transaction.

    @step(source=[Status.ACCEPTED], target=Status.ANSWERED)
    def answer(self, *, text: str, by: Actor) -> None: ...

The event's verb is `cases.case.answer`. Two people at once: the second one's step raises Conflict, nothing is overwritten.
"""

import functools
from collections.abc import Callable, Sequence
from typing import Any, Concatenate, Final, ParamSpec, Self, TypeVar, cast

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, TransitionNotAllowed, transition

from linli.ground.database.writing import is_ours, keep_ours, locked, part_of_transaction, together, update

from . import actions

P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S", bound="Stateful")
SPOKEN: Final = (models.BooleanField, models.IntegerField, models.DateField, models.ForeignKey)


class Refused(Exception):
    """The thing's status does not allow this step (any more)."""


class Conflict(Exception):
    """Somebody else changed the thing after this person had opened it."""


class Stateful(FSMModelMixin, models.Model):
    """A thing with a life: a version number that counts its changes, and steps."""

    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        abstract = True

    @property
    def place_path(self) -> str:
        """The path of the place that the thing belongs to, for the log."""
        return ""

    def as_seen(self, version: int) -> Self:
        """Say which version the person had before their eyes; the next step refuses any other with Conflict."""
        self._seen_version = version
        return self

    def lock(self) -> None:
        """Lock the row and take over its current values; raises Conflict. Needs a transaction."""
        seen = self.__dict__.pop("_seen_version", None)
        # The fresh values go in directly: refresh_from_db() would unprotect the status field for all threads.
        fresh = self if is_ours(self) else locked(self)
        if seen not in {None, fresh.version}:
            raise Conflict(self)
        keep_ours([self])
        for field in self._meta.concrete_fields:
            if self.__dict__.get(field.attname) != fresh.__dict__[field.attname]:
                self.__dict__[field.attname] = fresh.__dict__[field.attname]
                self._state.fields_cache.pop(field.name, None)


def status_field(statuses: type[models.TextChoices], initial: models.TextChoices) -> Any:
    """Return a protected status column: only a step may move it."""
    longest = max(len(status.value) for status in statuses)
    return FSMField(_("status"), choices=statuses.choices, default=initial, max_length=max(longest, 20), protected=True)


def step(
    *, source: Sequence[str], target: str | None, field: str = "status"
) -> Callable[[Callable[Concatenate[S, P], R]], Callable[Concatenate[S, P], R]]:
    """Make a method a step from any of the source statuses to the target (None: the status stays, the change is recorded)."""

    def decorate(body: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
        moved: Callable[..., R] = transition(field=field, source=list(source), target=target)(body)

        @functools.wraps(moved)
        def wrapper(thing: S, *args: P.args, **kwargs: P.kwargs) -> R:
            return _recorded(thing, moved, args, kwargs)

        return cast("Callable[Concatenate[S, P], R]", wrapper)

    return decorate


def change(body: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
    """Make a method a recorded change of a thing that has no status: lock, body, save, one event."""

    @functools.wraps(body)
    def wrapper(thing: S, *args: P.args, **kwargs: P.kwargs) -> R:
        return _recorded(thing, body, args, kwargs)

    return cast("Callable[Concatenate[S, P], R]", wrapper)


def _recorded(thing: "Stateful", body: Callable[..., R], args: tuple[Any, ...], kwargs: dict[str, Any]) -> R:
    """Lock, check and change a thing, save it and write its one event, all or nothing."""
    with part_of_transaction(), together():
        thing.lock()
        before = _values(thing)
        try:
            result = body(thing, *args, **kwargs)
        except TransitionNotAllowed as error:
            raise Refused(thing, body.__name__) from error
        thing.version += 1
        data = _diff(thing, before)
        update(thing, {"version", *data})
        verb = f"{thing._meta.label_lower}.{body.__name__}"
        actions.record(verb, thing, by=kwargs["by"], place_path=thing.place_path, data=data)
    return result


def _values(thing: models.Model) -> dict[str, object]:
    return {field.attname: getattr(thing, field.attname) for field in thing._meta.concrete_fields}


def _diff(thing: models.Model, before: dict[str, object]) -> dict[str, list[object] | None]:
    """Return the changed fields: old and new where a value is a code, a number, a day or a key; only the name where it is text."""
    changed: dict[str, list[object] | None] = {}
    for field in thing._meta.concrete_fields:
        old, new = before[field.attname], getattr(thing, field.attname)
        if field.attname != "version" and old != new:
            changed[field.attname] = [old, new] if field.choices or isinstance(field, SPOKEN) else None
    return changed
