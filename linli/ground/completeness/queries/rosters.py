"""The rosters of many communities at once: seven queries whatever their number."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import combinations

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Max, Min, Q

from linli.ground.completeness import composition
from linli.ground.completeness.composition import WARNING, Finding, Roster, Seat
from linli.ground.kinds.models import BodyKind, Group, Rule, stand_of
from linli.ground.organisations.models import Body, Post
from linli.ground.people.models import Sex
from linli.ground.people.queries import near_relatives_among
from linli.ground.places.models import Place
from linli.ground.rulebook.models import RuleVersion
from linli.ground.rulebook.queries import in_force


class Survey:
    """The bodies of some communities on a day, with what is wrong with them."""

    def __init__(self, places: Sequence[Place], on: date) -> None:
        """Take the communities; everything else is read when it is asked for."""
        self.places = places
        self.on = on
        self._found: dict[int, tuple[dict[int, list[Finding]], list[Finding]]] = {}
        self._norms: dict[tuple[str, ...], dict[str, RuleVersion]] = {}

    @cached_property
    def kinds(self) -> list[BodyKind]:
        """Every kind of body."""
        return list(BodyKind.objects.all())

    @cached_property
    def bodies(self) -> dict[int, list[Body]]:
        """The living bodies by the key of their place."""
        kinds = {kind.pk: kind for kind in self.kinds}
        found: dict[int, list[Body]] = defaultdict(list)
        places = {place.pk: place for place in self.places}
        for body in Body.objects.current().filter(place__in=self.places).select_related("duty").order_by("pk"):
            body.kind, body.place = kinds[body.kind_id], places[body.place_id]
            found[body.place_id].append(body)
        return found

    @cached_property
    def _seats(self) -> dict[int, list[Seat]]:
        """The posts of those bodies, with their holders today, by body."""
        taken = Q(holdings__withdrawn_on__isnull=True)
        now = taken & Q(holdings__begins_on__lte=self.on)
        now &= Q(holdings__ends_on__isnull=True) | Q(holdings__ends_on__gte=self.on)
        posts = (
            Post.objects.current()
            .filter(body__place__in=self.places, body__ended_on__isnull=True)
            .annotate(
                persons=ArrayAgg("holdings__person", filter=now, default=[]),
                women=Count("holdings", filter=now & Q(holdings__person__sex=Sex.FEMALE)),
                unknown=Count("holdings", filter=now & Q(holdings__person__sex=Sex.UNKNOWN)),
                next_end=Min("holdings__ends_on", filter=now),
                last_end=Max("holdings__ends_on", filter=taken & Q(holdings__ends_on__lt=self.on)),
            )
        )
        found: dict[int, list[Seat]] = defaultdict(list)
        for body, *values in posts.order_by("position", "pk").values_list(
            "body", "code", "name", "head", "seats", "persons", "women", "unknown", "next_end", "last_end"
        ):
            code, name, head, seats, persons, women, unknown, next_end, last_end = values
            found[body].append(Seat(code, name, head, seats, frozenset(persons), women, unknown, next_end, last_end))
        return found

    @cached_property
    def _kin(self) -> dict[int, set[int]]:
        """Near relatives of everybody who sits in a committee or watches over one."""
        asked = [
            kind.code for kind in self.kinds if {Rule.RELATIVES_RECUSE, Rule.APART_FROM_COMMITTEE} & set(kind.rules)
        ]
        persons: set[int] = set()
        for bodies in self.bodies.values():
            persons.update(*(self.roster(body).persons for body in bodies if body.kind.code in asked))
        return near_relatives_among(persons)

    @cached_property
    def _versions(self) -> list[RuleVersion]:
        keys = {WARNING}.union(*(kind.rule_keys() for kind in self.kinds))
        return list(RuleVersion.objects.filter(rule__key__in=keys).known_on(self.on).select_related("rule"))

    def norms_at(self, path: str) -> Mapping[str, RuleVersion]:
        """Return the norms in force at a place; places without rules of their own share one set."""
        here = tuple(sorted({one.jurisdiction for one in self._versions if path.startswith(one.jurisdiction)}))
        if here not in self._norms:
            inside = [one for one in self._versions if one.jurisdiction in here]
            self._norms[here] = {one.rule.key: one for one in in_force(inside)}
        return self._norms[here]

    def roster(self, body: Body) -> Roster:
        """Return one of the bodies with its posts."""
        return Roster(body.pk, body.kind, tuple(self._seats.get(body.pk, ())))

    def place(self, place: Place) -> composition.Place:
        """Return what the checks of one of the places look at."""
        rosters = [self.roster(body) for body in self.bodies.get(place.pk, ())]
        checked = {
            person
            for roster in rosters
            if roster.kind.group in {Group.COMMITTEE, Group.SUPERVISION}
            for person in roster.persons
        }
        kin = {frozenset(pair) for pair in combinations(sorted(checked), 2) if pair[1] in self._kin.get(pair[0], ())}
        return composition.Place(stand_of(place), rosters, self.norms_at(place.path), kin, self.on)

    def found(self, place: Place) -> tuple[dict[int, list[Finding]], list[Finding]]:
        """Return what is wrong with the bodies of a place, by body, and which bodies it lacks."""
        if place.pk not in self._found:
            seen = self.place(place)
            wrong = {roster.body: composition.findings(seen, roster) for roster in seen.rosters}
            self._found[place.pk] = wrong, composition.missing(seen, self.kinds)
        return self._found[place.pk]
