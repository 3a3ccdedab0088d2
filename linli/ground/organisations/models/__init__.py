"""Kinds of body, bodies, posts and holdings."""

from .bodies import Body, Category, Post
from .holdings import Holding, How, Why
from .kinds import BodyKind, Group, Need, PostDefault, Rule, SubjectKind, stand_of

__all__ = [
    "Body",
    "BodyKind",
    "Category",
    "Group",
    "Holding",
    "How",
    "Need",
    "Post",
    "PostDefault",
    "Rule",
    "SubjectKind",
    "Why",
    "stand_of",
]
