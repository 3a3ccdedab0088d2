"""The calendar rules on the street of the tests of deadlines. The folder is not named for the app: Python has a `calendar` of its own."""

from deadlines.conftest import (
    BINHE,
    HAIBOWAN,
    HUDONG,
    WUHAI,
    as_actor,
    at,
    committee,
    in_post,
    office,
    places,
    reviewer,
    september,
    worker,
)

__all__ = [
    "BINHE",
    "HAIBOWAN",
    "HUDONG",
    "WUHAI",
    "as_actor",
    "at",
    "committee",
    "in_post",
    "office",
    "places",
    "reviewer",
    "september",
    "worker",
]
