"""Door for programs: who am I."""

from django.http import HttpRequest
from ninja import Router, Schema

from linli.ground.authority.actors import actor_of
from linli.ground.authority.doors import guarded

from .rules import may_ask_who

router = Router(tags=["people"])


class Me(Schema):
    """Who asks, and in which post."""

    account: str
    person: int | None
    name: str
    post: str
    role: str
    place: str


@router.get("/me", response=Me)
@guarded(may_ask_who)
def me(request: HttpRequest) -> Me:
    """Return the account, the person and the post in which this token or session acts."""
    actor = actor_of(request)
    post = actor.post
    return Me(
        account=actor.ref,
        person=actor.person,
        name=actor.name,
        post=actor.post_ref,
        role=post.role if post else "",
        place=post.place_path if post else "",
    )
