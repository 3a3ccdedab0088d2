"""Who acts, which body is responsible, what a body's sheet says."""

from .actors import POST, account_of, actor_in_post, actor_of, posts_of
from .bodies import (
    LEADS,
    body_of,
    department_of,
    lead_among,
    lead_for,
    office_above,
    parents_of,
    person_for,
    persons_for,
)
from .contacts import Reached, contact_at, contact_of, section_of
from .missing import departments_missing, missing_in
from .sheets import BodySheet, PostSheet, sheet_of, sheet_of_post

__all__ = [
    "LEADS",
    "POST",
    "BodySheet",
    "PostSheet",
    "Reached",
    "account_of",
    "actor_in_post",
    "actor_of",
    "body_of",
    "contact_at",
    "contact_of",
    "department_of",
    "departments_missing",
    "lead_among",
    "lead_for",
    "missing_in",
    "office_above",
    "parents_of",
    "person_for",
    "persons_for",
    "posts_of",
    "section_of",
    "sheet_of",
    "sheet_of_post",
]
