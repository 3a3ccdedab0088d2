"""Who may change a rule: the office that keeps the rules of custom, over its own place; nobody changes law."""

from linli.ground.authority.actors import Actor
from linli.ground.authority.powers import Power

from .models import Rule
from .units import Mark


def may_keep(actor: Actor) -> bool:
    """Say whether the actor's post keeps the rules of custom of some place."""
    return actor.area(Power.CHANGE_RULES) is not None


def may_change(actor: Actor, rule: Rule) -> bool:
    """Say whether the actor's post may set a value of this rule somewhere within its place."""
    return may_keep(actor) and not is_locked(rule)


def may_change_in(actor: Actor, rule: Rule, place_path: str) -> bool:
    """Say whether the actor's post may set the value that holds in this place."""
    return actor.holds(Power.CHANGE_RULES, place_path) and not is_locked(rule)


def is_locked(rule: Rule) -> bool:
    """Say whether the law fixes the value: it is law and the law allows no deviation."""
    return not rule.may_deviate and any(version.mark == Mark.LAW for version in rule.versions.all())
