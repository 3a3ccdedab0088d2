"""What owners decide together (Civil Code art. 278): enough must take part, by area and by heads; then enough of those must agree."""

from typing import Final

from django.utils.translation import gettext as _

from linli.ground.rulebook.units import Norm

from .frame import HUNDREDTHS, BadInput, Book, Count, Decision, area, count, decision, whole, whole_area, within

SPECIAL: Final = range(6, 9)
"""Raise the maintenance fund, rebuild, change or trade with common parts: three quarters."""
ITEMS: Final = range(1, 10)


def item(text: str) -> int:
    """Read the number of the matter in art. 278, 1–9."""
    number = count(text)
    if number not in ITEMS:
        raise BadInput(f"write the matter's number in art. 278, 1 to 9, not {text!r}")
    return number


@decision(
    "owners.decide",
    area_total=whole_area,
    owners_total=whole,
    area_voted=area,
    owners_voted=count,
    area_yes=area,
    owners_yes=count,
    item=item,
)
def decided(
    book: Book,
    *,
    area_total: int,
    owners_total: int,
    area_voted: int,
    owners_voted: int,
    area_yes: int,
    owners_yes: int,
    item: int,
) -> Decision:
    """Say whether owners have decided a matter; areas in hundredths of a m².

    Two thirds of area and of heads take part; of these three quarters of both for matters 6–8, more than half of both for the others.
    """
    within(area_total=area_total, area_voted=area_voted, area_yes=area_yes)
    within(owners_total=owners_total, owners_voted=owners_voted, owners_yes=owners_yes)
    kind = "special" if item in SPECIAL else "ordinary"
    part_area = Count(book("owners.quorum.area"), area_voted, area_total)
    part_heads = Count(book("owners.quorum.heads"), owners_voted, owners_total)
    if not (part_area.met and part_heads.met):
        text = _(
            "Took part: %(area)s of %(of_area)s m², this %(area_verdict)s (%(area_least)s m² needed); %(heads)s of %(of_heads)s owners, "
            "this %(heads_verdict)s (%(heads_least)s needed). Too few took part: no decision."
        )
        return Decision("no_quorum", text % _said(part_area, part_heads), (part_area.norm, part_heads.norm))
    yes_area = Count(book(f"owners.pass.{kind}.area"), area_yes, area_voted)
    yes_heads = Count(book(f"owners.pass.{kind}.heads"), owners_yes, owners_voted)
    return _voted(yes_area, yes_heads, (part_area.norm, part_heads.norm, yes_area.norm, yes_heads.norm))


def _voted(by_area: Count, by_heads: Count, norms: tuple[Norm, ...]) -> Decision:
    """Say whether enough of those who took part agreed, by area and by heads."""
    passed = by_area.met and by_heads.met
    if passed:
        text = _(
            "Of those who took part agreed: %(area)s of %(of_area)s m², this %(area_verdict)s (%(area_least)s m² needed); %(heads)s of "
            "%(of_heads)s owners, this %(heads_verdict)s (%(heads_least)s needed). Passed."
        )
    else:
        text = _(
            "Of those who took part agreed: %(area)s of %(of_area)s m², this %(area_verdict)s (%(area_least)s m² needed); %(heads)s of "
            "%(of_heads)s owners, this %(heads_verdict)s (%(heads_least)s needed). Rejected."
        )
    return Decision("passed" if passed else "rejected", text % _said(by_area, by_heads), norms)


def _said(by_area: Count, by_heads: Count) -> dict[str, object]:
    return {
        "area": _metres(by_area.part),
        "of_area": _metres(by_area.whole),
        "area_least": _metres(int(str(by_area.said["least"]))),
        "area_verdict": by_area.said["verdict"],
        "heads": by_heads.part,
        "of_heads": by_heads.whole,
        "heads_least": by_heads.said["least"],
        "heads_verdict": by_heads.said["verdict"],
    }


def _metres(hundredths: int) -> str:
    """Return an area as people write it: 12000 → 120, 12050 → 120.50."""
    metres, rest = divmod(hundredths, HUNDREDTHS)
    return f"{metres}.{rest:02d}" if rest else str(metres)
