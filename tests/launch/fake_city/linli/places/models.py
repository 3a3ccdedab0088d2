"""The one fact."""

from django.db import models


class City(models.Model):
    """A city that was opened."""

    code = models.TextField(unique=True)

    def __str__(self) -> str:
        """Its code."""
        return self.code
