"""Who acts, which body is responsible, what a body's sheet says."""

from .actors import POST, actor_in_post, actor_of, posts_of
from .bodies import body_of, lead_for, parents_of, person_for, persons_for
from .missing import Missing, departments_missing, missing_in
from .sheets import BodySheet, kind_at, sheet_of

__all__ = [
    "POST",
    "BodySheet",
    "Missing",
    "actor_in_post",
    "actor_of",
    "body_of",
    "departments_missing",
    "kind_at",
    "lead_for",
    "missing_in",
    "parents_of",
    "person_for",
    "persons_for",
    "posts_of",
    "sheet_of",
]
