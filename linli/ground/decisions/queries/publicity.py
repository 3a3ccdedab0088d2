"""The public board of a community (Residents' Committee Law 2025 art. 34)."""

from django.utils.translation import gettext as _

from .frame import Book, Decision, count, decision


@decision("ju.publish.period", days_published=count)
def period(book: Book, *, days_published: int) -> Decision:
    """Say whether something stood on the board long enough: 15 days or more."""
    norm = book("ju.publish.days.min")
    said = {"days": days_published, "least": norm.number}
    if days_published >= norm.number:
        return Decision(
            "valid", _("Published for %(days)s days, at least %(least)s are needed: long enough.") % said, (norm,)
        )
    return Decision(
        "invalid", _("Published for %(days)s days, at least %(least)s are needed: too short.") % said, (norm,)
    )
