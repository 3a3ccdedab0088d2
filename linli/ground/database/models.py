"""Which transactions have changed what otherwise stands still for days: places, bodies, rules, the calendar, categories, routes."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

STANDS_STILL = pgtrigger.Trigger(
    name="note_change",
    level=pgtrigger.Statement,
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete | pgtrigger.Truncate,
    func="""
        INSERT INTO database_change (transaction) VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;
        RETURN NULL;
    """,
)
"""For the table of a model that holds nothing personal and seldom changes: processes keep its rows (`standing`)."""


class Change(models.Model):
    """A transaction that has changed what stands still; written by the database itself."""

    transaction = models.BigIntegerField(primary_key=True)

    class Meta:
        verbose_name = _("change of what stands still")
