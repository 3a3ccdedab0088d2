"""What the serving role may do with the tables: happenings can be added and read, never changed."""

import pytest
from django.core.management import call_command
from django.db import connection

from linli.ground.authority.management.commands.grants import append_only_tables
from tests.rulebook.conftest import owner_city

__all__ = ["owner_city"]
DEEDS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE")


def allowed(table: str) -> list[str]:
    """What the serving role may do with a table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT deed FROM unnest(%s::text[]) WITH ORDINALITY AS t(deed, n) WHERE has_table_privilege('linli_app', %s, deed) ORDER BY n",
            [list(DEEDS), table],
        )
        return [deed for (deed,) in cursor.fetchall()]


def test_the_log_its_feed_and_its_seals_are_append_only() -> None:
    assert sorted(one for one in append_only_tables() if one.startswith("core_")) == [
        "core_event",
        "core_feedentry",
        "core_seal",
    ]


@pytest.mark.usefixtures("owner_city")
def test_the_serving_role_is_given_what_it_needs_and_what_it_must_not_have_is_taken() -> None:
    with connection.cursor() as cursor:
        cursor.execute("REVOKE ALL ON cases_case FROM linli_app")
        cursor.execute("GRANT ALL ON core_event, django_migrations TO linli_app")
    assert (allowed("cases_case"), allowed("core_event")) == ([], list(DEEDS))
    call_command("grants")
    assert allowed("cases_case") == ["SELECT", "INSERT", "UPDATE", "DELETE"]
    assert {table: allowed(table) for table in append_only_tables()} == {
        table: ["SELECT", "INSERT"] for table in append_only_tables()
    }
    assert allowed("django_migrations") == ["SELECT", "TRUNCATE"]


@pytest.mark.usefixtures("own_city")
def test_one_role_that_owns_and_serves_is_told_what_guards_the_log_then(capsys: pytest.CaptureFixture[str]) -> None:
    before = allowed("core_event")
    call_command("grants")
    assert capsys.readouterr().err == "one role owns and serves: the append-only tables are guarded by triggers alone\n"
    assert allowed("core_event") == before == ["SELECT", "INSERT"]
