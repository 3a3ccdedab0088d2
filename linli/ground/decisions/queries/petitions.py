"""Petitions (信访): when a matter must be closed (Regulations on Petition Work 2022 art. 34)."""

from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .frame import BadInput, Book, Decision, day, decision, yes_no


@decision("xinfang.close", accepted=day, closed=day, extended=yes_no)
def closed_in_time(book: Book, *, accepted: date, closed: date, extended: bool) -> Decision:
    """Say whether a petition was closed in time: 60 days from acceptance, 30 more where extended.

    Plain calendar days, the day of acceptance not counted, the last day included. The regulations write 日 here and 工作日 elsewhere
    (art. 23) and say nothing of a last day that is a rest day; Civil Code art. 203, which would move it, binds civil matters only.
    """
    if closed < accepted:
        raise BadInput(f"closed ({closed}) is before accepted ({accepted})")
    norms = (book("xinfang.close_days"), *((book("xinfang.close_extend_days"),) if extended else ()))
    days = sum(norm.number for norm in norms)
    latest = accepted + timedelta(days=days)
    said = {
        "accepted": date_format(accepted),
        "days": days,
        "latest": date_format(latest),
        "closed": date_format(closed),
    }
    if closed <= latest:
        text = _("Accepted on %(accepted)s, %(days)s days, due by %(latest)s; closed on %(closed)s: in time.")
        return Decision("in_time", text % said, norms)
    text = _("Accepted on %(accepted)s, %(days)s days, due by %(latest)s; closed on %(closed)s: late.")
    return Decision("late", text % said, norms)
