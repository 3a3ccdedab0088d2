"""Making the demo city: places, people, bodies, the cast, a year of cases."""

from .city import make_city

__all__ = ["make_city"]
