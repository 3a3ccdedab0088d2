"""Who asks in the tests of this app: accounts and posts belong to apps above it."""

from django.http import HttpRequest

from linli.ground.authority.actors import VISITOR, Actor

who: list[Actor] = [VISITOR]


def resolve(request: HttpRequest) -> Actor:
    """Return whoever the test lets act."""
    return who[-1]
