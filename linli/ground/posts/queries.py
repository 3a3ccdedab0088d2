"""How many seats a body has, and how many the rulebook lets it have."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.ground.authority.actors import Actor
from linli.ground.core import clock
from linli.ground.kinds.models import Rule, stand_of
from linli.ground.organisations.models import Body, Holding, Post
from linli.ground.organisations.queries import PostSheet
from linli.ground.organisations.queries import sheet_of_post as sheet_with
from linli.ground.organisations.rules import may_rename as may_keep
from linli.ground.places.divisions import ancestors_of
from linli.ground.rulebook.queries import UnknownRule, rule
from linli.ground.rulebook.units import Norm


@dataclass(frozen=True)
class Bounds:
    """The seats of a body today, and the fewest and most members that the rulebook asks for; None where it asks nothing."""

    seats: int
    least: Norm | None
    most: Norm | None

    @property
    def is_fixed(self) -> bool:
        """Whether the rulebook says anything about the number of members."""
        return self.least is not None or self.most is not None

    @property
    def sentence(self) -> str:
        """How many seats there are and what the rulebook says of them; empty where it says nothing."""
        said = [self.said(norm, self.seats) for norm in (self.least, self.most) if norm]
        if not said:
            return ""
        numbers = "–".join(str(one["number"]) for one in said)
        text = _("%(source)s: %(numbers)s members. The posts of this body have %(after)d seats today.")
        return text % (dict(said[-1]) | {"numbers": numbers})

    def said(self, norm: Norm, after: int) -> Mapping[str, object]:
        """Return the words of a refusal: the source, its number, the seats there would be."""
        return {"source": f"{norm.law} {norm.article}".strip(), "number": norm.number, "after": after}


def bounds_of(body: Body) -> Bounds:
    """Return a body's seats and what the rulebook of its place and kind says of their number today."""
    seats = body.posts.current().aggregate(seats=Sum("seats"))["seats"] or 0
    return Bounds(seats, _norm(body, Rule.SIZE_MIN), _norm(body, Rule.SIZE_MAX))


def senders_for(body: Body) -> QuerySet[Body]:
    """Return the departments that may send people to the stationed posts of a body: those at its place or above it."""
    paths = [body.place.path, *ancestors_of(body.place.path)]
    found = Body.objects.current().filter(kind__code="department", place__path__in=paths)
    return found.order_by("-place__path", "pk")


def _norm(body: Body, which: Rule) -> Norm | None:
    key = body.kind.rule_key(which, stand_of(body.place))
    try:
        return rule(key, place_path=body.place.path, on=clock.today()) if key else None
    except UnknownRule:  # the law is younger than this day
        return None


def sheet_of_post(post: Post) -> PostSheet:
    """Return a post with those who hold it today and those who take it later. One query."""
    holdings = post.holdings.since(clock.today()).select_related("person__personal").order_by("begins_on", "pk")
    return sheet_with(post, holdings, clock.today())


def section_of_body(body: Body, actor: Actor) -> Mapping[str, object] | None:
    """Return the posts of a body for whoever may keep them; None for everybody else. One query more."""
    if body.ended_on is not None or not may_keep(actor, body):
        return None
    held = Holding.objects.since(clock.today()).filter(post=OuterRef("pk")).order_by()
    count = held.values("post").annotate(number=Count("pk")).values("number")
    posts = body.posts.current().select_related("sent_by").annotate(held=Coalesce(Subquery(count), 0))
    return {"posts": list(posts), "add": reverse("posts:add", args=[body.reference])}
