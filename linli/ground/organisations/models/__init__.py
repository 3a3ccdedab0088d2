"""Bodies, posts and holdings."""

from .bodies import PHONE, Body, Category, Contact, Post
from .holdings import Holding, How, Why

__all__ = ["PHONE", "Body", "Category", "Contact", "Holding", "How", "Post", "Why"]
