"""One community's organisation chart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import F, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from linli.ground.authority.actors import Actor
from linli.ground.completeness.composition import Finding, Severity, is_sound
from linli.ground.core import clock
from linli.ground.figures.models import Measure
from linli.ground.figures.queries import figures
from linli.ground.kinds.models import BodyKind, Group, Need, stand_of
from linli.ground.organisations.models import Body, Holding, Post
from linli.ground.organisations.queries import lead_among
from linli.ground.places.divisions import Level
from linli.ground.places.models import Place

from .rosters import Survey

Lines = Mapping[int, str]
"""By body."""
LISTS: Final = (Group.ASSOCIATION, Group.UNIT, Group.PROPERTY, Group.GROUP)


@dataclass(frozen=True)
class Node:
    """One kind of body in a community's chart: the body that stands, or the gap where it should."""

    kind: BodyKind
    title: str
    bodies: Sequence[Body]
    members: int
    head: str
    """Post and masked name of who leads it, `主任 李某某`; empty while nobody does."""
    coming: str
    """Who takes the lead later, and from when."""
    until: date | None
    """The first last day of a term in it."""
    findings: Sequence[Finding]
    need: Need | None

    @property
    def href(self) -> str:
        """Where it leads: the body's page, or the list of those of its kind."""
        if self.kind.many or not self.bodies:
            return f"#{self.kind.group}" if self.bodies else ""
        return self.bodies[0].get_absolute_url()

    @property
    def is_sound(self) -> bool:
        """Whether it stands as the rules ask."""
        return bool(self.bodies) and is_sound(self.findings)

    @property
    def gravest(self) -> Finding | None:
        """The finding to act on first."""
        ranks = list(Severity)
        return min(self.findings, key=lambda one: ranks.index(one.severity), default=None)

    @property
    def lines(self) -> list[str]:
        """Who leads it, how many sit in it, until when, and what is wrong with it."""
        said = [self.head, *(one.sentence for one in self.findings if self.bodies), self.coming]
        if self.kind.many and self.bodies:
            said.insert(0, _("%(number)d in all") % {"number": len(self.bodies)})
        if self.members:
            said.insert(1, _("members: %(number)d") % {"number": self.members})
        if self.until:
            said.insert(2, _("term until %(day)s") % {"day": date_format(self.until, "YEAR_MONTH_FORMAT")})
        return [line for line in said if line]


@dataclass(frozen=True)
class Figure:
    """A count against what is due."""

    label: Promise | str
    done: int
    due: int

    @property
    def gap(self) -> int:
        """How many are lacking."""
        return self.due - self.done


@dataclass(frozen=True)
class Stationed:
    """One post that a department has in the community: who sends, how many are there."""

    post: str
    sender: str
    held: int


@dataclass(frozen=True)
class Living:
    """How many live in a community; None where nobody knows."""

    households: int | None
    adults: int | None
    grids: int

    @property
    def sentence(self) -> str:
        """What is known, in one line; empty where nothing is."""
        said = []
        if self.households is not None:
            said.append(_("%(number)s households") % {"number": f"{self.households:,}"})
        if self.adults is not None:
            said.append(_("%(number)s adult residents") % {"number": f"{self.adults:,}"})
        if self.grids:
            said.append(ngettext("%(number)d grid", "%(number)d grids", self.grids) % {"number": self.grids})
        return _("%(figures)s.") % {"figures": pgettext("list", ", ").join(said)} if said else ""


@dataclass(frozen=True)
class Chart:
    """What a community has and lacks."""

    place: Place
    living: Living
    figures: Sequence[Figure]
    top: Node | None
    """The Party branch, above all of them."""
    bodies: Sequence[Node]
    """Meetings, committee, supervision."""
    councils: Sequence[Node]
    """Joint conference, deliberation council, workstation."""
    subs: Sequence[Node]
    """Sub-committees and groups of the committee."""
    lists: Sequence[tuple[Group, Sequence[Body]]]
    stationed: Node | None
    stationed_posts: Sequence[Stationed]
    lead: Body | None
    """The body that people turn to."""
    answering: Sequence[Holding]
    """Who holds the post that answers for it."""

    @property
    def is_quasi(self) -> bool:
        """Whether the unit has no self-government and needs none of the bodies."""
        return not self.figures

    @property
    def subs_sound(self) -> int:
        """How many of the sub-committees and groups stand as the rules ask."""
        return sum(node.is_sound for node in self.subs)

    @property
    def third_row(self) -> int:
        """How many nodes the third row has, the one for all sub-committees included."""
        return len(self.councils) + bool(self.subs)


def chart_of(place: Place, on: date) -> Chart:
    """Return a community's chart; at most twelve queries however many bodies it has."""
    survey = Survey([place], on)
    around = _around(place, on)
    seated = [one for one in around if one.is_on(on)]
    nodes = _nodes(survey, place, _heads(seated), _coming(around, on))
    lead = lead_among(survey.bodies.get(place.pk, ()))
    by_group = {group: [node for node in nodes.values() if node.kind.group == group] for group in Group}
    party = by_group[Group.PARTY]
    lists = [(group, [body for node in by_group[group] for body in node.bodies]) for group in LISTS]
    stationed = nodes.get("stationed_post")
    posts = _stationed(survey, stationed.bodies[0]) if stationed and stationed.bodies else []
    return Chart(
        place,
        _living(place, on),
        _figures(list(nodes.values()), stand_of(place), posts),
        party[0] if party else None,
        by_group[Group.ASSEMBLY] + by_group[Group.COMMITTEE] + by_group[Group.SUPERVISION],
        party[1:] + by_group[Group.DELIBERATION] + by_group[Group.WORKSTATION],
        by_group[Group.SUBCOMMITTEE] + by_group[Group.GROUP],
        lists,
        stationed,
        posts,
        lead,
        [one for one in seated if lead and one.post_id == lead.duty_id],
    )


def _living(place: Place, on: date) -> Living:
    """Return the figures that count today, and how many grids are drawn; three queries."""
    found = figures(place.path, on, [Measure.HOUSEHOLDS, Measure.ADULTS])
    grids = Place.objects.current().at(Level.GRID).under(place.path).count()
    return Living(found[Measure.HOUSEHOLDS].number, found[Measure.ADULTS].number, grids)


def _nodes(survey: Survey, place: Place, heads: Lines, coming: Lines) -> dict[str, Node]:
    """Return the nodes of a place by kind, in the order of the kinds."""
    return {kind.code: node for kind in survey.kinds if (node := _node(survey, place, kind, heads, coming))}


def _node(survey: Survey, place: Place, kind: BodyKind, heads: Lines, coming: Lines) -> Node | None:
    """Return the node of a kind: None where it is neither there nor asked for."""
    wrong, missing = survey.found(place)
    bodies = [body for body in survey.bodies.get(place.pk, ()) if body.kind_id == kind.pk]
    found = [one for body in bodies for one in wrong[body.pk]] + [one for one in missing if one.kind == kind.code]
    if not bodies and not found:
        return None
    seats = [seat for body in bodies for seat in survey.roster(body).seats]
    return Node(
        kind,
        kind.title_at(stand_of(place)),
        bodies,
        len({person for seat in seats for person in seat.persons}),
        _line(heads, bodies, kind),
        _line(coming, bodies, kind),
        min((seat.next_end for seat in seats if seat.next_end), default=None),
        found,
        kind.need_at(stand_of(place)),
    )


def _line(lines: Lines, bodies: Sequence[Body], kind: BodyKind) -> str:
    """Return what is said of the one body of a kind; nothing where there may be many."""
    return "" if kind.many else next((lines[body.pk] for body in bodies if body.pk in lines), "")


def _around(place: Place, on: date) -> list[Holding]:
    """Return who leads each body of a place and who answers for it, on a day or later."""
    asked = Q(post__head=True) | Q(post__body__duty=F("post"))
    seated = Holding.objects.since(on).filter(asked, post__body__place=place, post__body__ended_on__isnull=True)
    return list(seated.select_related("post", "person__personal").order_by("-pk"))


def _coming(around: Sequence[Holding], on: date) -> Lines:
    """Return who leads each body later: the next one, with the first day."""
    later = sorted((one for one in around if one.post.head and one.begins_on > on), key=lambda one: one.begins_on)
    text = _("from %(day)s: %(post)s %(person)s")
    return {
        one.post.body_id: text
        % {"day": date_format(one.begins_on, "DATE_FORMAT"), "post": one.post.name, "person": one.person.masked_name}
        for one in reversed(later)
    }


def _heads(seated: Sequence[Holding]) -> Lines:
    """Return who leads each body, as the public page says it: post and surname."""
    return {one.post.body_id: f"{one.post.name} {one.person.masked_name}" for one in seated if one.post.head}


def _stationed(survey: Survey, body: Body) -> list[Stationed]:
    held = {seat.code: len(seat.persons) for seat in survey.roster(body).seats}
    posts = Post.objects.current().filter(body=body).select_related("sent_by")
    return [Stationed(post.name, post.sent_by.short_name if post.sent_by else "", held[post.code]) for post in posts]


def _figures(nodes: Sequence[Node], stand: str, posts: Sequence[Stationed]) -> list[Figure]:
    """Return the figures on top of the chart: what law and city ask for, sub-committees, posts of departments."""
    due = [
        (
            gettext_lazy("Bodies that the law asks for"),
            [one for one in nodes if one.kind.need_at(stand) == Need.STATUTORY],
        ),
        (
            gettext_lazy("Bodies that the city asks for"),
            [one for one in nodes if one.kind.need_at(stand) == Need.REQUIRED],
        ),
        (gettext_lazy("Sub-committees"), [one for one in nodes if one.kind.group == Group.SUBCOMMITTEE]),
    ]
    figures = [Figure(label, sum(one.is_sound for one in ones), len(ones)) for label, ones in due if ones]
    if posts:
        figures.append(Figure(gettext_lazy("Posts of departments"), sum(one.held > 0 for one in posts), len(posts)))
    return figures


def section_of(place: Place, actor: Actor) -> Mapping[str, object] | None:  # noqa: ARG001 (what a place has is public)
    """Return the figures that a community's own page shows; None for places above or below."""
    if place.level != Level.COMMUNITY or place.ended_on is not None:
        return None
    nodes = list(_nodes(Survey([place], clock.today()), place, {}, {}).values())
    return {"figures": _figures(nodes, stand_of(place), []), "url": reverse("completeness:chart", args=[place.path])}
