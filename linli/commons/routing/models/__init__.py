"""Facts of routing: categories with their questions, routes."""

from linli.ground.kinds.fields import ServiceField

from .categories import Asked, Category, Question
from .choices import Hours, Urgency
from .routes import Route

__all__ = ["Asked", "Category", "Hours", "Question", "Route", "ServiceField", "Urgency"]
