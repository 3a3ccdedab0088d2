"""Who acts, which body is responsible, what a body's sheet says."""

from .actors import POST, actor_in_post, actor_of, posts_of
from .bodies import body_of, lead_for, person_for, persons_for
from .sheets import BodySheet, kind_at, sheet_of

__all__ = [
    "POST",
    "BodySheet",
    "actor_in_post",
    "actor_of",
    "body_of",
    "kind_at",
    "lead_for",
    "person_for",
    "persons_for",
    "posts_of",
    "sheet_of",
]
