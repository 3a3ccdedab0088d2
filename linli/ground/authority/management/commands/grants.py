"""`manage grants`: what the serving role may do with each table; run by the owner after every migration."""

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection
from psycopg import sql

from linli.ground.core.models import APPEND_ONLY


class Command(BaseCommand):
    """Give the app role all it needs and take UPDATE, DELETE and TRUNCATE on append-only tables from it."""

    help = "Grants the app role its rights; append-only tables stay append-only."
    requires_system_checks = ()

    def handle(self, **_options: object) -> None:
        """Grant; does nothing where one role does both (a DATABASE_URL without DATABASE_OWNER_URL)."""
        role = sql.Identifier(settings.APP_ROLE)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_user = %s, EXISTS (SELECT FROM pg_roles WHERE rolname = %s)", [settings.APP_ROLE] * 2
            )
            is_owner, exists = cursor.fetchone()
            if is_owner or not exists:
                self.stderr.write("one role owns and serves: the append-only tables are guarded by triggers alone")
                return
            for statement in GRANTS:
                cursor.execute(sql.SQL(statement).format(role=role))
            for table in append_only_tables():
                cursor.execute(
                    sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {} FROM {}").format(sql.Identifier(table), role)
                )


GRANTS = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {role}",
    "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {role}",
    "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}",
)


def append_only_tables() -> list[str]:
    """Return the tables whose models carry the append-only trigger."""
    return [model._meta.db_table for model in apps.get_models() if APPEND_ONLY in getattr(model._meta, "triggers", [])]
