"""Facts of routing: categories with their questions, routes."""

from .categories import Asked, Category, Question
from .choices import Hours, ServiceField, Urgency
from .routes import Route

__all__ = ["Asked", "Category", "Hours", "Question", "Route", "ServiceField", "Urgency"]
