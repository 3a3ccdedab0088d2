"""What places lack of what the catalogue gives them."""

from collections.abc import Iterable

from linli.ground.authority.actors import Actor
from linli.ground.kinds.models import BodyKind
from linli.ground.kinds.queries import Due, departments_at, due_at
from linli.ground.organisations.models import Body
from linli.ground.organisations.rules import may_set_up
from linli.ground.places.models import Place


def missing_in(places: Iterable[Place], actor: Actor) -> list[Due]:
    """Return what places lack and the actor may set up there, in the order of the kinds; two queries however many places."""
    places = list(places)
    kinds = list(BodyKind.objects.all())
    standing = set(Body.objects.current().filter(place__in=places).values_list("place__path", "kind__code", "slot"))
    return [
        one
        for place in places
        for one in due_at(place, [kind for kind in kinds if may_set_up(actor, place.path, kind)])
        if (place.path, one.kind.code, one.slot) not in standing
    ]


def departments_missing(place: Place, kind: BodyKind) -> list[Due]:
    """Return the departments of the file that a place does not have yet. One query."""
    standing = set(Body.objects.current().filter(place=place, kind=kind).values_list("slot", flat=True))
    return [one for one in departments_at(place, kind) if one.slot not in standing]
