"""Villagers' meeting and village representatives' meeting (Villagers' Committee Law 2025 art. 26, 29)."""

from django.utils.translation import gettext as _

from .frame import Book, Count, Decision, count, decision, whole, within


@decision("cun.assembly.quorum", adults=whole, adults_present=count, households=whole, households_present=count)
def quorum(book: Book, *, adults: int, adults_present: int, households: int, households_present: int) -> Decision:
    """Say whether a villagers' meeting is valid: more than half of the adults, or two thirds of the household representatives (art. 26)."""
    within(adults=adults, adults_present=adults_present)
    within(households=households, households_present=households_present)
    by_adults = Count(book("cun.assembly.quorum.villagers"), adults_present, adults)
    by_households = Count(book("cun.assembly.quorum.households"), households_present, households)
    adults_said = _("%(whole)s adults, %(part)s present: this %(verdict)s (%(least)s needed).") % by_adults.said
    households_said = (
        _("%(whole)s households, %(part)s represented: this %(verdict)s (%(least)s needed).") % by_households.said
    )
    norms = (by_adults.norm, by_households.norm)
    if by_adults.met or by_households.met:
        return Decision(
            "valid", f"{adults_said}{households_said}{_('One of the two is enough: the meeting is valid.')}", norms
        )
    return Decision(
        "invalid", f"{adults_said}{households_said}{_('Neither is enough: the meeting is not valid.')}", norms
    )


@decision("cun.rep_assembly.women", members=whole, women_representatives=count)
def women(book: Book, *, members: int, women_representatives: int) -> Decision:
    """Say whether women representatives are one third or more of all members of the village representatives' meeting (art. 29)."""
    within(members=members, women_representatives=women_representatives)
    held = Count(book("cun.rep_assembly.women_share"), women_representatives, members)
    if held.met:
        text = _(
            "%(whole)s members, %(part)s of them women representatives: this %(verdict)s (%(least)s needed); as the law asks."
        )
    else:
        text = _(
            "%(whole)s members, %(part)s of them women representatives: this %(verdict)s (%(least)s needed); too few."
        )
    return Decision("valid" if held.met else "invalid", text % held.said, (held.norm,))
