"""Rights of the app role."""

from django.core.management.base import BaseCommand
from django.db import connection


class Command(BaseCommand):
    """Let the app role read and write."""

    def handle(self, **_: object) -> None:
        """Grant."""
        with connection.cursor() as cursor:
            cursor.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO linli_app")
            cursor.execute("GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO linli_app")
