"""Who may do what with accounts; the register's rules stand in residents.rules."""

from linli.ground.authority.actors import Actor


def may_change_password(actor: Actor) -> bool:
    """Anybody who has signed in may change their own."""
    return bool(actor.ref)


def may_ask_who(actor: Actor) -> bool:
    """Whoever has signed in, proven a phone or holds a token may ask who they are here."""
    return bool(actor.ref or actor.contact)
