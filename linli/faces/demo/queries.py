"""Who can be entered as in the demo city."""

from dataclasses import dataclass

from linli.ground.core import clock
from linli.ground.organisations.queries import posts_of
from linli.ground.people.models import Account
from linli.ground.people.queries import account_of_contact, contact_of
from linli.ground.places.queries import city

from .actions.cast import CAST, Part
from .actions.city import MADE, SET_UP, on_record


@dataclass(frozen=True)
class Member:
    """One of the cast: the role, the name and what they are."""

    role: str
    name: str
    title: str
    account: Account


def is_demo() -> bool:
    """Say whether this database holds an invented city."""
    found = city()
    return found is not None and found.is_demo


def is_whole() -> bool:
    """Say whether the invented city was made to its end; one without stages on record was made in one go."""
    return is_demo() and (on_record(MADE) is not None or on_record(SET_UP) is None)


def cast() -> list[Member]:
    """Return the cast, in order."""
    return [_member(part, account) for part in CAST if (account := account_of(part))]


def member(role: str) -> Member | None:
    """Return one of the cast; None for an unknown role, and for every role outside a demo city."""
    part = next((one for one in CAST if one.role == role), None)
    account = account_of(part) if part and is_demo() else None
    return _member(part, account) if part and account else None


def account_of(part: Part) -> Account | None:
    """Return the account of a part."""
    if part.phone:
        return account_of_contact(contact_of(part.phone))
    return Account.objects.filter(username=f"demo-{part.role}").first()


def _member(part: Part, account: Account) -> Member:
    held = posts_of(account, clock.today())
    return Member(part.role, part.name, held[0].title if held else part.phone, account)
