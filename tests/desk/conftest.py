"""The desk stands on the street of the tests of time."""

from deadlines.conftest import as_actor, committee, in_post, office, places, september, worker

__all__ = ["as_actor", "committee", "in_post", "office", "places", "september", "worker"]
