"""Facts of services: the applications, and what belongs to them."""

from .applications import ALSO_SEEN, ENDED, Application, ApplicationQuerySet
from .choices import ApplicationChannel, ApplicationStatus, Outcome, Satisfied
from .records import NOBODY, Applicant, Notice, Paper, Rating, Statement

__all__ = [
    "ALSO_SEEN",
    "ENDED",
    "NOBODY",
    "Applicant",
    "Application",
    "ApplicationChannel",
    "ApplicationQuerySet",
    "ApplicationStatus",
    "Notice",
    "Outcome",
    "Paper",
    "Rating",
    "Satisfied",
    "Statement",
]
